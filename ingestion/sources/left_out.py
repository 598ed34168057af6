"""Rows of a source that are no records: taken out of the raw table, and listed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

import duckdb

from ingestion import sql
from ingestion.contract import Table
from ingestion.headings import Headings, matters
from ingestion.sources.fates import Fate
from ingestion.sources.left_out_sql import (
    NOTE,
    TOTAL,
    only_words,
    other_headings,
    reason,
    required_positions,
    squeezed,
    words,
)
from ingestion.sources.model import LINE, SUSPECT
from ingestion.sources.names import letters
from ingestion.sources.raw_table import RawShape, count, without

#: Rows left out for one reason are listed one by one up to so many; of the rest the number is given.
_LISTED = 200
_NO_END = 2**62


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
        f"select _number, case when len(_words) = 0 then 'blank' else {why} end as _reason, _words[1] as _first from ("
        f"select {line} as _number, {SUSPECT} as _said, {words(SUSPECT)} as _words from {raw} "
        f"where {SUSPECT} is not null)) where _reason is not null"
    )
    if shape.by_people:
        _second_tables(connection, raw, line, shape, gone)
    found = connection.execute(f"select _reason, count(*) from {gone} group by all order by 1").fetchall()
    fates: list[Fate] = []
    for kind, rows in found:
        if kind != "blank":
            lines = connection.execute(
                f"select _number, _first from {gone} where _reason = '{kind}' order by 1 limit {_LISTED}"
            ).fetchall()
            fates += _rows(kind, lines, rows, file, sheet)
    if found:
        without(connection, raw, line, f"(select _number from {gone})")
        line = LINE
    connection.execute(f"drop table {gone}")
    return line, tuple(fates)


def _second_tables(
    connection: duckdb.DuckDBPyConnection, raw: str, line: str, shape: RawShape, gone: str
) -> None:
    """Adds the rows of further tables under the first to `gone`: from other headings on, up to the table's own
    headings or the end.

    Other headings are those of any table of the contract; or, behind a blank row, a row of words without
    digits under which no row fills most of the required columns.
    """
    heads = connection.execute(
        f"select _number, _known from (select {line} as _number, {other_headings(words(SUSPECT))} as _known, "
        f"{only_words(words(SUSPECT))} as _plain from {raw} where {SUSPECT} is not null "
        f"and {line} not in (select _number from {gone})) where _known or _plain order by 1 limit {_LISTED}"
    ).fetchall()
    done = 0
    for number, known in heads:
        if number < done:
            continue
        (end,) = connection.execute(
            f"select coalesce(min(_number), {_NO_END}) from {gone} where _reason = 'repeated_heading' "
            f"and _number > {number}"
        ).fetchone() or (_NO_END,)
        block = f"from {raw} where {line} >= {number} and {line} < {end}"
        if known or _stands_apart(connection, raw, line, shape, gone, number, block):
            connection.execute(
                f"insert into {gone} select {line}, 'second_table', null {block} "
                f"and {line} not in (select _number from {gone})"
            )
            done = end


def _stands_apart(
    connection: duckdb.DuckDBPyConnection,
    raw: str,
    line: str,
    shape: RawShape,
    gone: str,
    number: int,
    block: str,
) -> bool:
    at = required_positions(shape.table, shape.positions)
    required = [sql.name(name) for name, position in shape.positions.items() if position in at]
    if not required:
        return False
    filled_cells = " + ".join(f"(coalesce({name}, '') <> '')::int" for name in required)
    most = f"({filled_cells}) * 2 > {len(required)}"
    above = connection.execute(
        f"select count(*) from {raw} where {line} = {number - 1} "
        f"and {line} not in (select _number from {gone})"
    ).fetchone()
    filled = connection.execute(
        f"select count(*), count(*) filter (where {most}) {block} and {line} <> {number}"
    ).fetchone()
    head = connection.execute(f"select count(*) from {raw} where {line} = {number} and {most}").fetchone()
    assert above is not None and filled is not None and head is not None
    return above[0] == 0 and filled[0] > 0 and filled[1] == 0 and head[0] == 0


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


def unheaded_fates(
    connection: duckdb.DuckDBPyConnection, relation: str, shape: RawShape, file: str, sheet: str | None = None
) -> tuple[Fate, ...]:
    """The columns without a heading in which something stands: more than the numbers of the rows may matter."""
    read = set(shape.positions.values())
    bare = [at for at in range(len(shape.every)) if at not in read and not any(shape.headings[at : at + 1])]
    if not bare:
        return ()
    asked = ", ".join(
        f"count(*) filter (where {text} <> ''), coalesce(bool_and(regexp_full_match({text}, '[0-9]+')), true)"
        for at in bare
        for text in [f"nullif(trim({shape.every[at]}), '')"]
    )
    found = connection.execute(f"select {asked} from {relation}").fetchone()
    assert found is not None
    return tuple(
        Fate(
            "heading", file, "left_out", sheet=sheet, name=letters(at), table=shape.table.name, reason="no_heading",
            rows=rows, warns=not numbers,
        )
        for at, rows, numbers in zip(bare, found[0::2], found[1::2], strict=True)
        if rows
    )  # fmt: skip


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


def _rows(
    reason: str, lines: list[tuple[int, str | None]], rows: int, file: str, sheet: str | None
) -> Iterator[Fate]:
    """The name of a section is told where it may change what the rows under it mean."""
    warns = reason == "second_table"
    for line, first in lines:
        fate = Fate("row", file, "left_out", sheet=sheet, line=line, reason=reason, rows=1, warns=warns)
        if reason == "section" and first and matters(first):
            fate = replace(fate, name=first[:40], reason="section_matters", warns=True)
        yield fate
    if rows > len(lines):
        yield Fate("row", file, "left_out", sheet=sheet, reason=reason, rows=rows - len(lines), warns=warns)
