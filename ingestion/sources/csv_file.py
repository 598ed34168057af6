"""One CSV file as a part of a source.

Most files are plain: UTF-8, no quotes, every line one record with the same number of fields. DuckDB reads
those at once. For the others the records are found first; lines that are blank or do not fit are taken out,
and DuckDB reads what is left, so that every row still has its line number in the file as it was handed in.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from ingestion import sql
from ingestion.contract import Table
from ingestion.errors import SourceRefused
from ingestion.headings import match_headings
from ingestion.mapping import Words
from ingestion.sources.encoding import as_utf8
from ingestion.sources.model import LINE, MISSHAPEN, Extract, Origin, SourceFile
from ingestion.sources.raw_table import count, drop_blank_rows, select_raw
from ingestion.sources.records import Bytes, Positions, Records, scan
from ingestion.sources.survey import Survey, refuse_if_changed, survey

_RAW_VALUE_LENGTH = 500
_HEADER_BYTES = 1024 * 1024
_RECORDS_AT_ONCE = 200_000


@dataclass(frozen=True)
class CsvFile:
    path: Path
    table: Table
    words: Words
    found: Survey
    day_zero: None = None

    @classmethod
    def open(cls, path: Path, table: Table, words: Words) -> "CsvFile":
        return cls(path, table, words, survey(path, text=True))

    @property
    def files(self) -> tuple[SourceFile, ...]:
        return (self.file,)

    @property
    def place(self) -> str:
        return self.path.name

    @property
    def file(self) -> SourceFile:
        return SourceFile(self.path.name, self.found.sha256, self.found.bytes)

    def check_unchanged(self) -> None:
        refuse_if_changed(self.path, self.found)

    def load(self, connection: duckdb.DuckDBPyConnection, raw: str, scratch: Path) -> Extract:
        return self._load_plain(connection, raw) or self._load_with_care(connection, raw, scratch)

    def _load_plain(self, connection: duckdb.DuckDBPyConnection, raw: str) -> Extract | None:
        """Reads the file as it is, or returns None if it turns out not to be plain."""
        found = self.found
        if found.quotes or found.returns not in (0, found.newlines) or found.returns != found.return_newlines:
            return None
        with self.path.open("rb") as stream:
            first_line = stream.readline(_HEADER_BYTES)
        try:
            headings = first_line.decode("utf-8-sig").rstrip("\r\n").split(",")
        except UnicodeDecodeError:
            return None
        if len(headings) == 1 or found.commas != (len(headings) - 1) * found.lines:
            return None
        matched = match_headings(self.table, headings, self.words, self.path.name)
        relation = _read_csv(self.path, len(headings), skip=1, line_end=r"\r\n" if found.returns else r"\n")
        query = select_raw(_cells(matched.positions), _columns(len(headings)), relation)
        try:
            rows = _create(connection, raw, query)
        except duckdb.Error:
            connection.execute(f"drop table if exists {raw}")
            return None
        if rows != found.lines - 1:
            connection.execute(f"drop table {raw}")
            return None
        line = drop_blank_rows(connection, raw, "rowid + 2")
        return Extract(
            line=line,
            columns=tuple(matched.positions),
            origins=(Origin(self.file, None, 0, count(connection, raw), "utf-8"),),
            unknown=matched.unknown,
        )

    def _load_with_care(self, connection: duckdb.DuckDBPyConnection, raw: str, scratch: Path) -> Extract:
        text = as_utf8(self.path, scratch)
        data: Bytes = np.memmap(text.path, dtype=np.uint8, mode="r")
        if bytes(data[:3]) == b"\xef\xbb\xbf":
            data = data[3:]
        if not (data == 10).any() and (data == 13).any():
            data = np.where(data == 13, np.uint8(10), data)
        records = scan(data)
        blank = _blank_records(data, records)
        written = np.flatnonzero(~blank)
        if not len(written):
            raise SourceRefused(
                f"{self.path.name}: the file holds only blank lines. Export it again or remove it."
            )
        header, body = written[0], written[1:]
        headings = _header(data, records, int(header), self.path.name)
        matched = match_headings(self.table, headings, self.words, self.path.name)
        wrong_count = records.fields[body] != len(headings)
        bad = body[wrong_count | records.malformed[body]]
        good = body[~(wrong_count | records.malformed[body])]
        clean = scratch / f"{self.path.stem}.clean.csv"
        _write_records(data, records, good, clean)
        relation = _read_csv(clean, len(headings), skip=0, line_end=r"\n")
        lines = pa.table({LINE: records.lines[good]})
        connection.register("lines_of_records", lines)
        query = select_raw(_cells(matched.positions), _columns(len(headings)), relation)
        try:
            rows = (
                _create(connection, raw, f"select * from lines_of_records positional join ({query}) as cells")
                if len(good)
                else _create(connection, raw, f"select null::bigint as {LINE}, * from ({query}) limit 0")
            )
        except duckdb.Error as error:
            raise SourceRefused(self._unreadable(str(error), records.lines[good])) from error
        finally:
            connection.unregister("lines_of_records")
            clean.unlink(missing_ok=True)
        if rows != len(good):
            raise SourceRefused(f"{self.path.name}: its quotes cannot be read in one way. Export it again.")
        line = drop_blank_rows(connection, raw, LINE)
        return Extract(
            line=line,
            columns=tuple(matched.positions),
            origins=(Origin(self.file, None, 0, count(connection, raw) + len(bad), text.encoding),),
            unknown=matched.unknown,
            misshapen=_misshapen(data, records, bad) if len(bad) else None,
        )

    def _unreadable(self, message: str, lines: Sequence[int]) -> str:
        """Names the line only: the reader's own message quotes it, and it may hold personal data."""
        told = re.search(r"Line: (\d+)", message)
        where = f", line {lines[int(told.group(1)) - 1]}" if told and int(told.group(1)) <= len(lines) else ""
        return f"{self.path.name}{where}: cannot be read as comma-separated text. Export it again."


def _read_csv(path: Path, columns: int, *, skip: int, line_end: str) -> str:
    types = ", ".join(f"{sql.text(f'c{position}')}: 'VARCHAR'" for position in range(columns))
    return (
        f"read_csv({sql.file(path)}, auto_detect = false, header = false, skip = {skip}, delim = ',', "
        f"quote = '\"', escape = '\"', nullstr = '', new_line = '{line_end}', columns = {{{types}}})"
    )


def _columns(count: int) -> list[str]:
    return [f"c{position}" for position in range(count)]


def _cells(positions: dict[str, int]) -> dict[str, str]:
    return {name: f"c{position}" for name, position in positions.items()}


def _create(connection: duckdb.DuckDBPyConnection, raw: str, query: str) -> int:
    connection.execute(f"create temp table {raw} as {query}")
    return count(connection, raw)


def _header(data: Bytes, records: Records, at: int, name: str) -> list[str]:
    text = bytes(data[records.starts[at] : records.ends[at]]).decode("utf-8")
    if "\x00" in text:
        raise SourceRefused(f"{name}: not a text file. Export it as CSV in UTF-8.")
    (headings,) = list(csv.reader(io.StringIO(text, newline=""), skipinitialspace=True))[:1] or [[""]]
    if len(headings) == 1 and any(separator in text for separator in "\t;|"):
        raise SourceRefused(
            f"{name}: the columns are not separated by commas. Export it as comma-separated CSV."
        )
    return headings


def _blank_records(data: Bytes, records: Records) -> npt.NDArray[np.bool_]:
    """Records in which nothing stands, or blanks only."""
    blank = records.ends <= records.starts
    for at in np.flatnonzero(~blank & (records.fields == 1)):
        text = bytes(data[records.starts[at] : records.ends[at]]).decode("utf-8", errors="replace")
        blank[at] = not text.strip().strip("\u200b\ufeff")
    return blank


def _write_records(data: Bytes, records: Records, good: Positions, to: Path) -> None:
    """The good records, each ended by a newline alone."""
    wanted = np.zeros(len(records), dtype=np.bool_)
    wanted[good] = True
    with to.open("wb") as stream:
        for first in range(0, len(records), _RECORDS_AT_ONCE):
            some = slice(first, first + _RECORDS_AT_ONCE)
            starts, ends, stops = records.starts[some], records.ends[some], records.next_starts[some]
            keep = np.repeat(wanted[some], stops - starts)
            keep[ends[stops - ends == 2] - starts[0]] = False  # the carriage return of a line end
            stream.write(data[starts[0] : stops[-1]][keep].tobytes())
        stream.write(b"\n")


def _misshapen(data: Bytes, records: Records, bad: Positions) -> pa.Table:
    texts = [
        bytes(
            data[records.starts[at] : min(records.ends[at], records.starts[at] + 4 * _RAW_VALUE_LENGTH)]
        ).decode("utf-8", errors="replace")[:_RAW_VALUE_LENGTH]
        for at in bad
    ]
    reasons = np.where(records.malformed[bad], "malformed_quotes", "field_count").tolist()
    return pa.table([records.lines[bad], reasons, texts], schema=MISSHAPEN)
