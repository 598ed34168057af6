"""The raw table: every contract column that a source has, as text, before anything is judged."""

from collections.abc import Mapping

import duckdb

from ingestion import sql
from ingestion.cells.blanks import EDGE
from ingestion.sources.model import BLANK, LINE


def select_raw(
    columns: Mapping[str, str], every_column: list[str], relation: str, line: str | None = None
) -> str:
    """A query for the raw table.

    columns       contract column -> SQL of its text in `relation`
    every_column  SQL of all the relation's columns, unknown ones too: a row is blank if all of them are
    line          SQL of the line number, unless it follows from the row id
    """
    first = next(iter(columns.values()))
    nothing = f"coalesce({', '.join(every_column)}) is null"
    # A first cell that says something settles most rows; only the others are looked at in full.
    empty = f"({first} is null or regexp_full_match({first}, '[{EDGE}]*'))"
    all_empty = f"regexp_full_match(concat({', '.join(every_column)}), '[{EDGE}]*')"
    cells = ", ".join(f"{expression} as {sql.name(name)}" for name, expression in columns.items())
    number = f"{line} as {LINE}, " if line else ""
    return f"select {number}{cells}, {empty} and ({nothing} or {all_empty}) as {BLANK} from {relation}"


def count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    counted = connection.execute(f"select count(*) from {relation}").fetchone()
    assert counted is not None
    return int(counted[0])


def drop_blank_rows(connection: duckdb.DuckDBPyConnection, raw: str, line: str) -> str:
    """Removes rows in which nothing is written, and returns the SQL of the line number from then on."""
    blank = connection.sql(f"select count(*) from {raw} where {BLANK}").fetchone()
    if blank is None or blank[0] == 0:
        return line
    connection.execute(f"alter table {raw} rename to {raw}_with_blanks")
    connection.execute(
        f"create temp table {raw} as select {line} as {LINE}, columns(c -> c <> '{LINE}') "
        f"from {raw}_with_blanks where not {BLANK} order by {line}"
    )
    connection.execute(f"drop table {raw}_with_blanks")
    return LINE
