"""The raw table: every contract column that a source has, as text, before anything is judged.

Rows that are no records (blank ones, totals, notes, the headings again) are told in the same pass; see
left_out.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import duckdb

from ingestion import sql
from ingestion.cells.blanks import EDGE as BLANK_CLASS
from ingestion.contract import Table
from ingestion.sources.left_out_sql import no_record
from ingestion.sources.model import LEFT_OUT, LINE
from ingestion.unreadable import is_unreadable


@dataclass(frozen=True)
class RawShape:
    """How a relation of source cells becomes a raw table.

    positions  contract column -> position of its column in the relation
    every      SQL of the text of each of the relation's columns, unknown ones too
    headings   for each column what its heading may read; empty where headings cannot come again
    by_people  whether totals, notes and headings may stand among the rows: not in what only programs write
    """

    table: Table
    positions: Mapping[str, int]
    every: Sequence[str]
    headings: Sequence[AbstractSet[str]] = field(default_factory=tuple)
    by_people: bool = True


def select_raw(shape: RawShape, relation: str, line: str | None = None) -> str:
    """A query for the raw table. `line` is SQL of the line number, unless it follows from the row id."""
    cells = ", ".join(
        f"{shape.every[position]} as {sql.name(name)}" for name, position in shape.positions.items()
    )
    number = f"{line} as {LINE}, " if line else ""
    return f"select {number}{cells}, {_left_out(shape)} as {LEFT_OUT} from {relation}"


def _left_out(shape: RawShape) -> str:
    """Why a row is no record; NULL for a record. A first cell that says something settles most rows; only the
    others are looked at in full."""
    every, first = shape.every, shape.every[next(iter(shape.positions.values()))]
    nothing = f"coalesce({', '.join(every)}) is null"
    all_empty = f"regexp_full_match(concat({', '.join(every)}), '[{BLANK_CLASS}]*')"
    empty = f"({first} is null or regexp_full_match({first}, '[{BLANK_CLASS}]*'))"
    if not shape.by_people:
        return f"case when {empty} and ({nothing} or {all_empty}) then 'blank' end"
    suspect, reason = no_record(shape.table, shape.positions, every, shape.headings)
    return f"case when {empty} and ({nothing} or {all_empty}) then 'blank' when {suspect} then {reason} end"


def count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    counted = connection.execute(f"select count(*) from {relation}").fetchone()
    assert counted is not None
    return int(counted[0])


def marked_columns(
    connection: duckdb.DuckDBPyConnection, raw: str, columns: Sequence[str]
) -> tuple[str, ...]:
    """The columns in which some cell is marked as unreadable."""
    tests = ", ".join(f"bool_or({is_unreadable(sql.name(column))})" for column in columns)
    found = connection.execute(f"select {tests} from {raw}").fetchone()
    assert found is not None
    return tuple(column for column, marked in zip(columns, found, strict=True) if marked)


def without(connection: duckdb.DuckDBPyConnection, raw: str, line: str, gone: str) -> None:
    """Takes out the rows for which `gone` holds; from then on the raw table has the column `_line`."""
    connection.execute(f"alter table {raw} rename to {raw}_whole")
    connection.execute(
        f"create temp table {raw} as select {line} as {LINE}, columns(c -> c <> '{LINE}') "
        f"from {raw}_whole where not ({gone}) order by {line}"
    )
    connection.execute(f"drop table {raw}_whole")
