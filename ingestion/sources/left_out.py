"""Rows of a source that are no records: taken out of the raw table, and listed."""

import re
from collections.abc import Iterable, Iterator

import duckdb

from ingestion.contract import Table
from ingestion.headings import Headings, matters
from ingestion.sources.fates import Fate
from ingestion.sources.left_out_sql import NOTE, TOTAL, reason, squeezed, words
from ingestion.sources.model import LINE, SUSPECT
from ingestion.sources.raw_table import RawShape, count, without

#: Rows left out for one reason are listed one by one up to so many; of the rest the number is given.
_LISTED = 200


def leave_out(
    connection: duckdb.DuckDBPyConnection,
    raw: str,
    line: str,
    shape: RawShape,
    file: str,
    sheet: str | None = None,
) -> tuple[str, tuple[Fate, ...]]:
    """Takes out the rows that are no records. Returns the SQL of the line number from then on, and the fates
    of those in which something is written."""
    if not count(connection, f"{raw} where {SUSPECT} is not null"):
        return line, ()
    gone = f"{raw}_left_out"
    why = "null"
    if shape.by_people:
        why = reason(shape.table, shape.positions, len(shape.every), shape.headings, "_said", "_words")
    connection.execute(
        f"create temp table {gone} as select * from ("
        f"select _number, case when len(_words) = 0 then 'blank' else {why} end as _reason from ("
        f"select {line} as _number, {SUSPECT} as _said, {words(SUSPECT)} as _words from {raw} "
        f"where {SUSPECT} is not null)) where _reason is not null"
    )
    found = connection.execute(f"select _reason, count(*) from {gone} group by all order by 1").fetchall()
    fates: list[Fate] = []
    for kind, rows in found:
        if kind != "blank":
            lines = connection.execute(
                f"select _number from {gone} where _reason = '{kind}' order by 1 limit {_LISTED}"
            ).fetchall()
            fates += _rows(kind, [number for (number,) in lines], rows, file, sheet)
    if found:
        without(connection, raw, line, f"(select _number from {gone})")
        line = LINE
    connection.execute(f"drop table {gone}")
    return line, tuple(fates)


def left_out_line(text: str) -> str | None:
    """Why a line that does not fit the headings is no record at all: a total, a note or a signature."""
    cells = [cell for cell in re.split(r"[,;\t|]", squeezed(text)) if cell.strip('"')]
    if not cells:
        return None
    first = cells[0].strip('"')
    if re.fullmatch(TOTAL, first):
        return "total"
    if re.fullmatch(NOTE, first) or (len(cells) == 1 and re.search("[。；！？]", first)):
        return "note"
    return None


def title_fates(file: str, sheet: str | None, lines: Iterable[int]) -> tuple[Fate, ...]:
    """The rows above the headings."""
    return tuple(Fate("row", file, "left_out", sheet=sheet, line=int(line), reason="title") for line in lines)


def heading_fates(file: str, sheet: str | None, table: Table, matched: Headings) -> tuple[Fate, ...]:
    """The headings that are not read. Those that are, are what the table's columns are."""
    return tuple(
        Fate(
            "heading",
            file,
            "left_out",
            sheet=sheet,
            name=heading,
            table=table.name,
            reason="unit_differs" if heading in matched.other_unit else "unknown_heading",
            warns=heading in matched.other_unit or matters(heading),
        )
        for heading in matched.unknown
    )


def _rows(reason: str, lines: list[int], rows: int, file: str, sheet: str | None) -> Iterator[Fate]:
    warns = reason == "second_table"
    for line in lines:
        yield Fate("row", file, "left_out", sheet=sheet, line=line, reason=reason, rows=1, warns=warns)
    if rows > len(lines):
        yield Fate("row", file, "left_out", sheet=sheet, reason=reason, rows=rows - len(lines), warns=warns)
