"""A whole source, judged: all tables read, doubles and broken references set aside, what is left ready to be
written.

Everything is set-based in one DuckDB connection that lives as long as the intake. Landing and checking share
it: what `check` shows is what `land` would do.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingestion import sql
from ingestion.contract import Column, contract
from ingestion.landing.keys import set_aside_doubles
from ingestion.landing.references import empty_broken, keep_keys, set_aside_broken
from ingestion.landing.stage import ROW, Staged, stage, stage_absent
from ingestion.mapping import Words
from ingestion.quarantine import COLUMNS, CREATE
from ingestion.sources import Source

Progress = Callable[[str], None]

#: Beyond this the work spills to the scratch folder: a landing shares its machine with others.
_MEMORY = "4GB"


@dataclass(frozen=True)
class TableCount:
    """rows_in = landed + quarantined, always. `repairs` counts the repaired cells, by kind, of rows that
    could be read in full, whether or not their keys and references then held.
    """

    rows_in: int
    landed: int
    quarantined: int
    repairs: dict[str, int]


@dataclass(frozen=True)
class Judged:
    """The outcome. `emptied` names the columns of which broken references are emptied when the rows are
    written."""

    connection: duckdb.DuckDBPyConnection
    staged: dict[str, Staged]
    emptied: dict[str, tuple[Column, ...]]
    counts: dict[str, TableCount]


def gone(table: str) -> str:
    """The table of the source rows that were read and then set aside."""
    return sql.name(f"gone_{table}")


@contextmanager
def intake(source: Source, words: Words, scratch: Path, progress: Progress) -> Iterator[Judged]:
    """Judges the source. Raises SourceRefused. The connection is closed at the end."""
    with duckdb.connect(
        config={"temp_directory": str(scratch / "spill"), "memory_limit": _MEMORY}
    ) as connection:
        yield _judge(connection, source, words, scratch, progress)


def _judge(
    connection: duckdb.DuckDBPyConnection, source: Source, words: Words, scratch: Path, progress: Progress
) -> Judged:
    connection.execute(CREATE)
    connection.execute(
        "create temp table repair (table_name varchar, source_row bigint, column_name varchar, kind varchar, "
        "raw varchar)"
    )
    staged = _stage_all(connection, source, words, scratch, progress)
    _set_aside(connection, staged)
    emptied = {
        name: empty_broken(connection, one, gone(name)) if one.rows_in else () for name, one in staged.items()
    }
    counts = {name: _counted(connection, one) for name, one in staged.items()}
    for one in staged.values():
        _name_origins(connection, one)
    return Judged(connection, staged, emptied, counts)


def _stage_all(
    connection: duckdb.DuckDBPyConnection, source: Source, words: Words, scratch: Path, progress: Progress
) -> dict[str, Staged]:
    parts = {part.table.name: part for part in source.parts}
    staged = {}
    for name, table in contract().tables.items():
        if name in parts:
            staged[name] = stage(connection, parts[name], words, scratch)
            progress(f"{name}: {staged[name].rows_in:,} rows read")
        else:
            staged[name] = stage_absent(connection, table, scratch)
    for part in source.parts:
        part.check_unchanged()
    return staged


def _set_aside(connection: duckdb.DuckDBPyConnection, staged: dict[str, Staged]) -> None:
    referred = {c.references.table for one in staged.values() for c in one.table.references if c.references}
    for name in contract().load_order():
        connection.execute(f"create temp table {gone(name)} ({ROW} bigint)")
        if staged[name].rows_in:
            set_aside_doubles(connection, staged[name], gone(name))
            set_aside_broken(connection, staged[name], staged, gone(name))
        if name in referred:
            keep_keys(connection, staged[name], gone(name))
        connection.execute(
            f"delete from repair where table_name = {sql.text(name)} and source_row in (from {gone(name)})"
        )


def _counted(connection: duckdb.DuckDBPyConnection, staged: Staged) -> TableCount:
    """Counts landed and quarantined rows each on its own, so that a row lost on the way is noticed."""
    name = staged.table.name
    counted = connection.execute(
        f"select (select count(*) from {staged.relation} anti join {gone(name)} using ({ROW})), "
        f"(select count(distinct source_row) from quarantine where table_name = {sql.text(name)})"
    ).fetchone()
    assert counted is not None
    landed, quarantined = counted
    if staged.rows_in != landed + quarantined:
        raise AssertionError(
            f"{name}: {staged.rows_in} rows in, but {landed} landed and {quarantined} in quarantine"
        )
    return TableCount(staged.rows_in, landed, quarantined, dict(sorted(staged.repairs.items())))


def _name_origins(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    """Rows of a further file or sheet stand in the lists under its name and with its own lines."""
    for origin in reversed(staged.origins[1:]):
        connection.execute(
            f"update quarantine set source_file = {sql.text(origin.place)}, "
            f"source_row = source_row - {origin.after} where table_name = {sql.text(staged.table.name)} "
            f"and source_row > {origin.after} and source_file = {sql.text(staged.place.file)}"
        )


def quarantine_query() -> str:
    """The quarantine in a fixed order."""
    order = " ".join(f"when {sql.text(name)} then {at}" for at, name in enumerate(contract().tables))
    return (
        f"select {', '.join(COLUMNS)} from quarantine "
        f"order by case table_name {order} end, source_row, column_order, reason"
    )


def repairs_query() -> str:
    """The listed repairs in a fixed order."""
    order = " ".join(f"when {sql.text(name)} then {at}" for at, name in enumerate(contract().tables))
    return (
        f'select table_name, source_row as line, column_name as "column", kind, raw from repair '
        f"order by case table_name {order} end, source_row, column_name, kind"
    )
