"""Workbooks: a sheet for each table, or the sheets of one table in a file named after it. Hidden sheets are
sheets.

The cells come from the reading process (`bounded`) as text, with merged cells filled, and cells that cannot
be read marked as such.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from ingestion import sql
from ingestion.bounded.client import BoundedReader
from ingestion.contract import Table, contract
from ingestion.errors import SourceRefused
from ingestion.headings import find_head, heading_texts, likely_table, match_headings, mattering
from ingestion.mapping import Words
from ingestion.sources.fates import Fate
from ingestion.sources.left_out import heading_fates, leave_out, title_fates, unheaded_fates
from ingestion.sources.model import DAY_ZERO, LINE, Extract, Origin, Part, SourceFile
from ingestion.sources.names import letters, table_of
from ingestion.sources.raw_table import RawShape, count, select_raw
from ingestion.sources.survey import Survey, refuse_if_changed, survey

WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".xltx", ".et")

#: Day zero of workbooks that count from 1904 (a setting that old Macintosh versions left behind).
DAY_ZERO_1904 = date(1904, 1, 1)


@dataclass(frozen=True)
class Sheet:
    """A sheet as the reading process describes it: its first written rows with their numbers."""

    name: str
    visibility: str
    grid: bool
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    fault: tuple[str, str] | None
    from_1904: bool

    @property
    def texts(self) -> list[tuple[str, ...]]:
        return [cells for _, cells in self.rows]


@dataclass(frozen=True)
class Workbook:
    """An open workbook, shared by the parts in it. `name` is its path in the source."""

    path: Path
    name: str
    found: Survey
    reader: BoundedReader

    @property
    def file(self) -> SourceFile:
        return SourceFile(self.name, self.found.sha256, self.found.bytes)

    @cached_property
    def sheets(self) -> list[Sheet]:
        """All sheets, hidden ones and charts too."""
        answer = self.reader.ask(self.name, self.path, ask="sheets")
        return [
            Sheet(
                one["name"],
                one["visibility"],
                one["grid"],
                tuple((line, tuple(cells)) for line, cells in one["rows"]),
                one["fault"],
                one["from_1904"],
            )
            for one in answer["sheets"]
        ]

    def check_unchanged(self) -> None:
        refuse_if_changed(self.path, self.found, self.name)


@dataclass(frozen=True)
class Worksheet:
    """One sheet of a workbook that holds a table."""

    workbook: Workbook
    sheet: Sheet
    table: Table
    words: Words

    @property
    def files(self) -> tuple[SourceFile, ...]:
        return (self.workbook.file,)

    @property
    def place(self) -> str:
        return f"{self.workbook.name}#{self.sheet.name}"

    @property
    def day_zero(self) -> date:
        """What serial number 0 stands for in cells that are not formatted as dates."""
        return DAY_ZERO_1904 if self.sheet.from_1904 else DAY_ZERO

    def check_unchanged(self) -> None:
        self.workbook.check_unchanged()

    def load(self, connection: duckdb.DuckDBPyConnection, raw: str, scratch: Path) -> Extract:
        name, sheet = self.workbook.name, self.sheet
        where, where_zh = f"{name}, sheet {sheet.name}", f"{name}，工作表“{sheet.name}”"
        if sheet.fault:
            message, zh = sheet.fault
            raise SourceRefused(f"{where}: {message}", f"{where_zh}：{zh}")
        if not sheet.rows:
            raise SourceRefused(
                f"{where}: the sheet is empty. Fill it, with a header row, or remove it.",
                f"{where_zh}：工作表为空，请填写（含表头），或删除该工作表。",
            )
        head = find_head(self.table, sheet.texts, self.words, where)
        matched = match_headings(self.table, head.headings, self.words, where)
        last = sheet.rows[head.first + head.depth - 1][0]
        cells = self.workbook.reader.ask(
            where, self.workbook.path, ask="cells", sheet=sheet.name, target=str(scratch / raw)
        )
        files = sql.parquet(*map(Path, cells["files"]), options=", union_by_name = true")
        relation = f"(from {files} where {LINE} > {last})"
        delivered = _columns(connection, files)
        width = max(len(head.headings), max(delivered, default=0) + 1)
        every = [f"c{at}" if at in delivered else "null::varchar" for at in range(width)]
        shape = RawShape(self.table, matched.positions, every, heading_texts(head, sheet.texts))
        connection.execute(f"create temp table {raw} as {select_raw(shape, relation, LINE)}")
        unheaded = unheaded_fates(connection, relation, shape, name, sheet.name)
        for file in cells["files"]:
            Path(file).unlink()
        line, left = leave_out(connection, raw, LINE, shape, name, sheet.name)
        titles = title_fates(name, sheet.name, (number for number, _ in sheet.rows[: head.first]))
        headings = heading_fates(name, sheet.name, self.table, matched)
        return Extract(
            line=line,
            columns=tuple(matched.positions),
            origins=(
                Origin(
                    self.workbook.file, sheet.name, 0, count(connection, raw), positions=matched.positions
                ),
            ),
            unknown=matched.unknown,
            unreadable=tuple(
                column for column, position in matched.positions.items() if position in cells["unreadable"]
            ),
            repairs={
                (column, "merged_cell"): cells["filled"][str(position)]
                for column, position in matched.positions.items()
                if str(position) in cells["filled"]
            },
            fates=(*titles, *headings, *unheaded, *_beyond(name, sheet.name, cells), *left),
        )


def open_workbook(
    path: Path, words: Words, reader: BoundedReader, name: str, table: str | None
) -> tuple[list[Part], list[Fate]]:
    """The tables in a workbook, and what became of each sheet.

    table  contract table that the name of the file, or of its folder, gives.

    A sheet holds the table that its own name names; in a file that is named after a table, also a sheet of any
    other name if it is the only one, or has that table's headings.
    """
    workbook = Workbook(path, name, survey(path, text=False, name=name), reader)
    named = {sheet.name: table_of(sheet.name, words) for sheet in workbook.sheets if sheet.grid}
    filled = [sheet for sheet in workbook.sheets if sheet.grid and (sheet.rows or sheet.fault)]
    _refuse_unclear(workbook, filled, named, table)
    parts: list[Part] = []
    fates: list[Fate] = []
    only = len(filled) == 1
    for sheet in workbook.sheets:
        found = named.get(sheet.name)
        if found is None and table and sheet in filled:
            likely = likely_table(sheet.texts, words)
            found = table if likely == table or (only and not sheet.fault) else None
        if found is not None:
            parts.append(Worksheet(workbook, sheet, contract().tables[found], words))
            hidden = None if sheet.visibility == "visible" else "hidden_sheet"
            fates.append(Fate("sheet", name, "read", sheet=sheet.name, table=found, reason=hidden))
        else:
            fates.append(_left_out(name, sheet, words))
    return parts, fates


def _left_out(name: str, sheet: Sheet, words: Words) -> Fate:
    if not sheet.grid:
        return Fate("sheet", name, "left_out", sheet=sheet.name, reason="chart")
    if sheet.fault:
        return Fate("sheet", name, "left_out", sheet=sheet.name, reason="damaged", warns=True)
    if not sheet.rows:
        return Fate("sheet", name, "left_out", sheet=sheet.name, reason="no_content")
    likely = likely_table(sheet.texts, words)
    hidden = sheet.visibility != "visible"
    reason = "looks_like_table" if likely else "hidden_no_table" if hidden else "no_table"
    warns = bool(likely) or hidden or mattering(sheet.name, sheet.texts)
    return Fate("sheet", name, "left_out", sheet=sheet.name, table=likely, reason=reason, warns=warns)


def _refuse_unclear(
    workbook: Workbook, filled: list[Sheet], named: Mapping[str, str | None], table: str | None
) -> None:
    """A file that is named after a table, and in which no sheet, or only another table's, can be that."""
    if table is None or table in named.values():
        return
    if not filled:
        raise SourceRefused(
            f"{workbook.name}: the file has no sheet with content; it is named after the table '{table}'. Fill "
            "it, with a header row, or remove it.",
            f"{workbook.name}：文件以表“{table}”命名，但没有任何有内容的工作表，请填写（含表头），或删除该文件。",
        )
    if len(filled) == 1 and named[filled[0].name]:
        raise SourceRefused(
            f"{workbook.name}: the file is named after the table {table}, its sheet after another. Rename one "
            "of them.",
            f"{workbook.name}：文件以表“{table}”命名，其中的工作表却以另一张表命名，请改名其一。",
        )


def _columns(connection: duckdb.DuckDBPyConnection, files: str) -> set[int]:
    described = connection.execute(f"describe select * exclude {LINE} from {files}").fetchall()
    return {int(row[0][1:]) for row in described}


def _beyond(name: str, sheet: str, cells: Mapping[str, Any]) -> list[Fate]:
    """Cells that stand right of all columns that are read."""
    listed = [
        Fate("cell", name, "left_out", sheet=sheet, line=line, name=letters(position), reason="stray_cell")
        for line, position in cells["beyond"]
    ]
    rest = cells["beyond_count"] - len(listed)
    if rest > 0:
        listed.append(Fate("cell", name, "left_out", sheet=sheet, reason="stray_cell", rows=rest))
    return listed
