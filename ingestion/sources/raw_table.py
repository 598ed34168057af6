"""The raw table: every contract column that a source has, as text, before anything is judged.

Rows that are no records (blank ones, totals, notes, the headings again) are told in the same pass; see
left_out.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

import duckdb

from ingestion import sql
from ingestion.contract import Table
from ingestion.sources import left_out_sql
from ingestion.sources.model import LINE, SUSPECT
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
    """A query for the raw table. `line` is SQL of the line number, unless it follows from the row id.

    The cells of rows that may be no records stand in `_suspect`, without blanks; NULL for all others.
    """
    cells = ", ".join(
        f"{shape.every[position]} as {sql.name(name)}" for name, position in shape.positions.items()
    )
    number = f"{line} as {LINE}, " if line else ""
    test = (
        left_out_sql.suspected(shape.table, shape.positions, shape.every, shape.headings)
        if shape.by_people
        else f"coalesce({shape.every[next(iter(shape.positions.values()))]} < '!', true)"
    )
    said = f"case when {test} then {left_out_sql.said(shape.every)} end"
    return f"select {number}{cells}, {said} as {SUSPECT} from {relation}"


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
    """Takes out the rows whose numbers stand in the relation `gone`; from then on the raw table has the column
    `_line`."""
    connection.execute(f"alter table {raw} rename to {raw}_whole")
    connection.execute(
        f"create temp table {raw} as select {line} as {LINE}, columns(c -> c not in ('{LINE}', '{SUSPECT}')) "
        f"from {raw}_whole where {line} not in (from {gone}) order by {line}"
    )
    connection.execute(f"drop table {raw}_whole")
