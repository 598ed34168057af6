"""Workbooks: a sheet for each table, or one table in a file named after it. Read with calamine, as values.

calamine gives Python values, so cells are turned to text here, column by column: the only place in ingestion
where Python sees single cells.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import python_calamine as calamine

from ingestion.contract import Table, contract
from ingestion.errors import SourceRefused
from ingestion.headings import match_headings
from ingestion.mapping import Words
from ingestion.sources.model import DAY_ZERO, LINE, Extract, Origin, Part, SourceFile
from ingestion.sources.raw_table import count, drop_blank_rows, select_raw
from ingestion.sources.survey import Survey, refuse_if_changed, survey
from ingestion.unreadable import unreadable

WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls")

#: Day zero of workbooks that count from 1904 (a setting that old Macintosh versions left behind).
DAY_ZERO_1904 = date(1904, 1, 1)

_CHUNK_ROWS = 50_000
_OLE_HEADER = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ERROR_CELL = re.compile(
    rb'<c r="([A-Z]+)(\d+)"[^>]*\bt="e"[^>]*>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)?<v>([^<]*)</v>'
)


@dataclass(frozen=True)
class Workbook:
    """An open workbook, shared by the parts in it."""

    path: Path
    found: Survey

    @property
    def file(self) -> SourceFile:
        return SourceFile(self.path.name, self.found.sha256, self.found.bytes)

    @cached_property
    def content(self) -> calamine.CalamineWorkbook:
        _refuse_encrypted(self.path)
        try:
            return calamine.CalamineWorkbook.from_path(self.path)
        except calamine.PasswordError as error:
            raise _encrypted(self.path) from error
        except (calamine.CalamineError, OSError) as error:
            raise SourceRefused(
                f"{self.path.name}: not a readable workbook. Open it in the spreadsheet program and save it "
                f"again as .xlsx."
            ) from error

    @cached_property
    def sheets(self) -> list[str]:
        """The visible worksheets."""
        return [
            sheet.name
            for sheet in self.content.sheets_metadata
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet
            and sheet.visible == calamine.SheetVisibleEnum.Visible
        ]

    @cached_property
    def day_zero(self) -> date:
        """What serial number 0 stands for in cells that are not formatted as dates."""
        if self.path.suffix.lower() == ".xls":
            return DAY_ZERO
        settings = re.search(rb"<workbookPr[^>]*>", _zipped(self.path, "xl/workbook.xml"))
        counts_from_1904 = settings and re.search(rb'date1904="(1|true)"', settings.group())
        return DAY_ZERO_1904 if counts_from_1904 else DAY_ZERO

    def check_unchanged(self) -> None:
        refuse_if_changed(self.path, self.found)


@dataclass(frozen=True)
class Worksheet:
    """One table in a workbook."""

    workbook: Workbook
    sheet: str
    table: Table
    words: Words

    @property
    def files(self) -> tuple[SourceFile, ...]:
        return (self.workbook.file,)

    @property
    def place(self) -> str:
        return f"{self.workbook.path.name}#{self.sheet}"

    @property
    def day_zero(self) -> date:
        return self.workbook.day_zero

    def check_unchanged(self) -> None:
        self.workbook.check_unchanged()

    def load(self, connection: duckdb.DuckDBPyConnection, raw: str, scratch: Path) -> Extract:
        where = f"{self.workbook.path.name}, sheet {self.sheet}"
        rows = enumerate(self.workbook.content.get_sheet_by_name(self.sheet).iter_rows(), start=1)
        headings: list[str] = []
        for _, cells in rows:
            if any(cell_text(cell) for cell in cells):
                headings = [cell_text(cell) or "" for cell in cells]
                break
        if not headings:
            raise SourceRefused(f"{where}: the sheet is empty. Fill it, with a header row, or remove it.")
        matched = match_headings(self.table, headings, self.words, where)
        used = [position for position, heading in enumerate(headings) if heading.strip()]
        errors = _error_cells(self.workbook.path, self.workbook.content, self.sheet)
        values = _table(rows, used, errors)
        connection.register("cells_of_sheet", values)
        columns = {name: f"c{position}" for name, position in matched.positions.items()}
        query = select_raw(columns, [f"c{position}" for position in used], "cells_of_sheet", line=LINE)
        connection.execute(f"create temp table {raw} as {query}")
        connection.unregister("cells_of_sheet")
        line = drop_blank_rows(connection, raw, LINE)
        return Extract(
            line=line,
            columns=tuple(matched.positions),
            origins=(Origin(self.workbook.file, self.sheet, 0, count(connection, raw)),),
            unknown=matched.unknown,
            unreadable=tuple(
                name for name, at in matched.positions.items() if any(column == at for _, column in errors)
            ),
        )


def open_workbook(path: Path, words: Words) -> tuple[list[Part], list[str]]:
    """The tables in a workbook, and the names of sheets that hold none."""
    workbook = Workbook(path, survey(path, text=False))
    named_tables = {sheet: words.table(sheet) for sheet in workbook.sheets}
    file_table = words.table(path.stem)
    if file_table and not any(named_tables.values()):
        return [_only_sheet(workbook, contract().tables[file_table], words)], []
    if file_table and len(workbook.sheets) == 1 and file_table not in named_tables.values():
        raise SourceRefused(
            f"{path.name}: the file is named after the table {file_table}, its sheet after another. Rename "
            f"one of them."
        )
    parts: list[Part] = [
        Worksheet(workbook, sheet, contract().tables[table], words)
        for sheet, table in named_tables.items()
        if table
    ]
    unknown = [f"{path.name}#{sheet}" for sheet, table in named_tables.items() if not table]
    return parts, unknown if parts else [path.name]


def _only_sheet(workbook: Workbook, table: Table, words: Words) -> Worksheet:
    filled = [sheet for sheet in workbook.sheets if workbook.content.get_sheet_by_name(sheet).height]
    if len(filled) != 1:
        which = f"{len(filled)} sheets with content" if filled else "no sheet with content"
        raise SourceRefused(
            f"{workbook.path.name}: the file has {which}; name the one that holds the table '{table.name}'."
        )
    return Worksheet(workbook, filled[0], table, words)


def _table(
    rows: Iterator[tuple[int, list[Any]]], used: list[int], errors: dict[tuple[int, int], str]
) -> pa.Table:
    """The cells below the header as text, with their sheet row in `_line`."""
    schema = pa.schema([(LINE, pa.int64()), *((f"c{position}", pa.string()) for position in used)])
    batches = []
    while chunk := list(islice(rows, _CHUNK_ROWS)):
        lines, cells = zip(*chunk, strict=True)
        columns = list(zip(*cells, strict=True))
        texts = [[cell_text(cell) for cell in columns[position]] for position in used]
        for (row, column), error in errors.items():
            if lines[0] <= row <= lines[-1] and column in used:
                texts[used.index(column)][row - lines[0]] = unreadable("error_value", error)
        batches.append(
            pa.record_batch([pa.array(lines), *(pa.array(text, pa.string()) for text in texts)], schema)
        )
    return pa.Table.from_batches(batches, schema)


def _plain_number(value: float) -> str:
    """A binary float to the 15 digits that a spreadsheet keeps and shows."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    if abs(value) < 1e-3:
        return f"{value:.15f}".rstrip("0")
    return f"{value:.15g}"


def _moment(value: datetime) -> str:
    return value.isoformat(sep=" ")


_TEXT_OF: dict[type, Callable[[Any], str]] = {
    str: str,
    float: _plain_number,
    int: str,
    bool: lambda value: "true" if value else "false",
    date: date.isoformat,
    datetime: _moment,
    time: time.isoformat,
    timedelta: str,
}


def cell_text(value: object) -> str | None:
    """The text of a cell in the contract's own form; None if it is empty."""
    return _TEXT_OF[type(value)](value) if value != "" and value is not None else None


def _refuse_encrypted(path: Path) -> None:
    """An encrypted .xlsx is no zip archive but an OLE container; so is the old .xls, which calamine reads."""
    content = path.read_bytes() if path.suffix.lower() != ".xls" else b""
    if content.startswith(_OLE_HEADER):
        if _ENCRYPTED in content:
            raise _encrypted(path)
        raise SourceRefused(
            f"{path.name}: is not an .xlsx workbook inside, or is protected by a password. Open it, save it "
            f"as .xlsx "
            "without a password."
        )


def _encrypted(path: Path) -> SourceRefused:
    return SourceRefused(
        f"{path.name}: the workbook is encrypted with a password. Save it without a password."
    )


def _zipped(path: Path, member: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(member) if member in archive.namelist() else b""


def _error_cells(path: Path, content: calamine.CalamineWorkbook, sheet: str) -> dict[tuple[int, int], str]:
    """Cells that show an error (#N/A ...) by (sheet row, position): calamine gives them as empty, which they
    are not."""
    if path.suffix.lower() == ".xls":
        return {}
    xml = _zipped(path, _member_of(path, sheet))
    if b't="e"' not in xml:
        return {}
    start = content.get_sheet_by_name(sheet).start or (0, 0)
    return {
        (int(row), _position(letters.decode()) - start[1]): error.decode("utf-8")
        for letters, row, error in _ERROR_CELL.findall(xml)
    }


def _member_of(path: Path, sheet: str) -> str:
    """The archive member that holds a worksheet: workbook.xml names a relation, the relation names the
    member."""
    from xml.sax.saxutils import unescape

    names = _zipped(path, "xl/workbook.xml").decode("utf-8")
    relations = _zipped(path, "xl/_rels/workbook.xml.rels").decode("utf-8")
    for element in re.findall(r"<sheet [^>]*>", names):
        if unescape(_attribute(element, "name"), {"&quot;": '"'}) == sheet:
            relation = _attribute(element, "r:id")
            for target in re.findall(r"<Relationship [^>]*>", relations):
                if _attribute(target, "Id") == relation:
                    member = _attribute(target, "Target")
                    return member.lstrip("/") if member.startswith("/") else f"xl/{member}"
    return ""


def _attribute(element: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', element)
    return found.group(1) if found else ""


def _position(letters: str) -> int:
    """A column's position from 0: A is 0, AA is 26."""
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1
