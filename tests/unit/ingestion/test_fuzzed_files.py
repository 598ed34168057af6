"""Ten thousand damaged files: every one is read or refused, and no row of those that are read gets lost.

A failure means that a damaged export ends the program with an exception instead of a sentence, or that rows
vanish between a file and the landing. Seeded: the same files on every machine.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from ingestion.bounded.client import BoundedReader
from ingestion.contract import contract
from ingestion.errors import SourceRefused
from ingestion.landing import land
from ingestion.mapping import load_mapping
from ingestion.sources import Extract, Part
from ingestion.sources.parquet_file import ParquetFile
from ingestion.sources.text_file import TextFile
from ingestion.sources.workbook import open_workbook
from tests.support.small_source import write_source
from tests.support.xlsb import BinarySheet, Error, write_xlsb

FIXTURES = Path(__file__).parent.parent.parent / "fixtures" / "workbooks"
WORDS = load_mapping()
HEAD = ["审核编号", "场所编号", "场所类型", "是否审核", "场所人数", "场所地址"]
ROWS = [
    ["A1", "S1", "总部", "是", 80, "杭州市一路1号"],
    ["A1", "S2", "临时场所", "否", 12, None],
    ["A2", "S3", "总部", "是", 7, "上海市"],
]
NUMBERS = [b"0", b"-1", b"65536", b"1048576", b"4294967295", b"99999999999999999999", b"1e308", b""]


def text_file(encoding: str, separator: str, quoted: bool) -> bytes:
    around = '"' if quoted else ""
    lines = [[HEAD[0], *HEAD[1:]], *ROWS, ["合计", None, None, None, 99, None]]
    return "".join(
        separator.join(f"{around}{'' if cell is None else cell}{around}" for cell in line) + "\r\n"
        for line in lines
    ).encode(encoding)


def xlsx_file() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("audit_site")
        for at, row in enumerate([["审核场所台账"], HEAD, *ROWS]):
            sheet.write_row(at, 0, row)
        sheet.merge_range(5, 0, 6, 0, "A2")
        sheet.write_row(5, 1, ["S4", "总部", True, 1.5])
        sheet.write_row(6, 1, ["S5", "总部", True])
        sheet.write_formula(6, 4, "=1/0", value="#DIV/0!")
        book.add_worksheet("说明").hide()
    return stream.getvalue()


def parquet_file() -> bytes:
    stream = io.BytesIO()
    columns = {name: [row[at] for row in ROWS] * 3 for at, name in enumerate(HEAD)}
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def damaged(valid: bytes, random_: random.Random) -> bytes:
    """The bytes with one to three faults of all kinds that files get."""
    data = bytearray(valid)
    for _ in range(random_.randint(1, 3)):
        at, length = random_.randrange(len(data) or 1), random_.randint(1, 64)
        match random_.randrange(7):
            case 0:
                for _ in range(random_.randint(1, 8)):
                    if data:
                        data[random_.randrange(len(data))] ^= 1 << random_.randrange(8)
            case 1:
                del data[at:]
            case 2:
                del data[at : at + length]
            case 3:
                data[at:at] = data[random_.randrange(len(data) or 1) :][:length]
            case 4:
                data[at:at] = random_.randbytes(length)
            case 5:
                data[at : at + 1] = random_.choice(
                    [b'"', b",", b"\r", b"\n", b"\x00", b"\xef\xbf\xbd", b";", b"\xff"]
                )
            case _:
                found = list(re.finditer(rb"\d+", bytes(data)))
                if found:
                    one = random_.choice(found)
                    data[one.start() : one.end()] = random_.choice(NUMBERS)
    return bytes(data)


def xlsb_file() -> bytes:
    rows = [HEAD, *([f"A{at}", f"S{at}", "总部", True, 80.0, 1.5, Error("#N/A")] for at in range(20))]
    with TemporaryDirectory() as folder:
        path = write_xlsb(Path(folder) / "a.xlsb", {"audit_site": BinarySheet(rows, merged=[(2, 4, 0, 0)])})
        return path.read_bytes()


def damaged_archive(valid: bytes, random_: random.Random) -> bytes:
    """An archive with a damaged, missing or doubled member; now and then damaged as a whole."""
    if random_.random() < 0.2:
        return damaged(valid, random_)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(valid)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = random_.choice([name for name in names if "sheet" in name or "content" in name or "workbook" in name]
                                if random_.random() < 0.7 else names)  # fmt: skip
        for name in names:
            content = old.read(name)
            if name == chosen:
                if random_.random() < 0.05:
                    continue
                content = damaged(content, random_)
            new.writestr(name, content)
    return stream.getvalue()


def loaded(connection: duckdb.DuckDBPyConnection, part: Part, scratch: Path) -> Extract | None:
    """The part's rows in the table `raw`; None if it is refused with a sentence that names it."""
    connection.execute("drop table if exists raw")
    try:
        return part.load(connection, "raw", scratch)
    except SourceRefused as refused:
        assert part.files[0].name in str(refused)
        return None


def rows_told(connection: duckdb.DuckDBPyConnection, extract: Extract) -> int:
    """Rows handed over, and those listed as left out."""
    (rows,) = connection.execute("select count(*) from raw").fetchone() or (0,)
    left_out = sum(fate.rows or 1 for fate in extract.fates if fate.subject == "row")
    return int(rows) + (len(extract.misshapen) if extract.misshapen is not None else 0) + left_out


def text_lines(content: bytes, encoding: str) -> int | None:
    """Lines in which something stands; None where a quote or odd mark makes lines and records differ."""
    try:
        text = content.decode("utf-8-sig" if encoding.startswith("utf-8") else encoding)
    except UnicodeDecodeError:  # in a column that the contract does not know
        return None
    if '"' in text or "\x00" in text:
        return None
    text = re.sub(r"\r+\n|\r", "\n", text)
    return sum(
        bool(line.strip(" \t,;|\u3000\u200b\ufeff\x7f\x85\xa0" + "".join(map(chr, range(32)))))
        for line in text.split("\n")
    )


@pytest.mark.parametrize("share", range(4))
def test_damaged_text_files(tmp_path: Path, share: int) -> None:
    random_ = random.Random(f"text {share}")  # noqa: S311
    table = contract().tables["audit_site"]
    valid = [
        text_file(encoding, separator, quoted)
        for encoding in ("utf-8", "gb18030", "utf-8-sig", "utf-16")
        for separator in (",", ";", "\t")
        for quoted in (False, True)
    ]
    read = 0
    source = write_source(tmp_path / "source")
    (source / "audit_site.csv").unlink()
    with duckdb.connect() as connection:
        for at in range(1250):
            path = tmp_path / "audit_site.csv"
            content = damaged(random_.choice(valid), random_)
            path.write_bytes(content)
            try:
                part = TextFile.open(path, table, WORDS)
            except SourceRefused:
                continue
            extract = loaded(connection, part, tmp_path)
            if extract is None:
                continue
            read += 1
            encoding = extract.origins[0].encoding or "utf-8"
            lines = text_lines(content, encoding)
            if lines is not None:
                assert rows_told(connection, extract) + 1 == lines, content
            if read % 10 == 0:
                (source / f"audit_site_{at}.csv").write_bytes(content)
    assert read > 200
    tables = land(str(source), tmp_path / "home").manifest["tables"]
    assert tables["audit_site"]["rows_in"] > 0


def workbooks(kind: str) -> Iterator[tuple[bytes, Callable[[bytes, random.Random], bytes]]]:
    if kind == "xlsx":
        yield xlsx_file(), damaged_archive
    elif kind == "xlsb":
        yield xlsb_file(), damaged_archive
    else:
        archive = damaged_archive if kind == "ods" else damaged
        yield (FIXTURES / f"audit_site.{kind}").read_bytes(), archive


@pytest.mark.parametrize(("kind", "files"), [("xlsx", 2000), ("xlsb", 500), ("ods", 1000), ("xls", 1000)])
def test_damaged_workbooks(tmp_path: Path, kind: str, files: int) -> None:
    random_ = random.Random(kind)  # noqa: S311
    opened = read = 0
    ((valid, damage),) = workbooks(kind)
    reader = BoundedReader()
    with duckdb.connect() as connection:
        for _ in range(files):
            path = tmp_path / f"audit_site.{kind}"
            path.write_bytes(damage(valid, random_))
            try:
                parts, _ = open_workbook(path, WORDS, reader, path.name, "audit_site")
            except SourceRefused as refused:
                assert path.name in str(refused)
                continue
            opened += 1
            for part in parts if opened % 10 == 0 else ():
                extract = loaded(connection, part, tmp_path)
                read += extract is not None
    assert opened > files / 10
    assert read > files / 200
    assert not list(tmp_path.glob("*.parquet"))


def test_damaged_parquet_files(tmp_path: Path) -> None:
    random_ = random.Random("parquet")  # noqa: S311
    table = contract().tables["audit_site"]
    valid, reader, read = parquet_file(), BoundedReader(), 0
    with duckdb.connect() as connection:
        for _ in range(500):
            path = tmp_path / "audit_site.parquet"
            path.write_bytes(damaged(valid, random_))
            try:
                part = ParquetFile.open(path, table, WORDS, reader, path.name)
            except SourceRefused:
                continue
            extract = loaded(connection, part, tmp_path)
            if extract is not None:
                read += 1
                assert extract.origins[0].rows == rows_told(connection, extract)
    assert read > 10
