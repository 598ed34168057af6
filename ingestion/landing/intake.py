"""A whole source, judged: all tables read, doubles settled, stubs found, what is left ready to be written.

Everything is set-based in one DuckDB connection that lives as long as the intake. Landing and checking share
it: what `check` shows is what `land` would do.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from ingestion import sql
from ingestion.contract import contract
from ingestion.errors import SourceRefused, together
from ingestion.fates import CREATE, CREATE_ORIGIN, ROWS_NOT_LANDED
from ingestion.landing.keys import list_repeated, settle_doubles
from ingestion.landing.natural import name_keys
from ingestion.landing.references import find_stubs, keep_keys, list_mentions, referred_to
from ingestion.landing.stage import ROW, Staged, stage, stage_absent
from ingestion.mapping import Words
from ingestion.sources import Source
from ingestion.sources.fates import Fate

Progress = Callable[[str], None]

#: Beyond this the work spills to the scratch folder: a landing shares its machine with others.
_MEMORY = "4GB"
#: A moment with a zone is a moment of this zone's day, wherever the program runs.
_ZONE = "Asia/Shanghai"


@dataclass(frozen=True)
class TableCount:
    """rows_in = landed + set_aside + merged, always.

    merged   rows equal to another one in every cell: nothing is lost with them.
    stubs    rows that stand for unknown records; they came from no row, so they are in none of the other counts.
    emptied  column -> cells that could not be read; missing: column -> required cells in which nothing stood.
    repairs  kind -> repaired cells of rows that have a key.
    columns  contract columns that the source has; filled: column -> rows with a key that have a value in it.
    """

    rows_in: int
    landed: int
    set_aside: int
    merged: int
    stubs: int
    emptied: dict[str, int]
    missing: dict[str, int]
    repairs: dict[str, int]
    columns: tuple[str, ...] = ()
    filled: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """The outcome. `delivered` holds (table, column) of what the body itself delivered."""

    connection: duckdb.DuckDBPyConnection
    staged: dict[str, Staged]
    counts: dict[str, TableCount]
    delivered: frozenset[tuple[str, str]]

    @property
    def fates(self) -> tuple[Fate, ...]:
        """What became of the headings and lines of the tables that are no cells."""
        return tuple(fate for one in self.staged.values() for fate in one.fates)


def gone(table: str) -> str:
    """The table of the source rows that were read and then not taken."""
    return sql.name(f"gone_{table}")


@contextmanager
def intake(
    source: Source,
    words: Words,
    scratch: Path,
    progress: Progress,
    refusals: list[SourceRefused] | None = None,
) -> Iterator[Judged]:
    """Judges the source. Raises SourceRefused, which names all tables that cannot be read; where a list is given, they are
    added to it and the tables taken for absent. The connection is closed at the end.
    """
    with duckdb.connect(
        config={"temp_directory": str(scratch / "spill"), "memory_limit": _MEMORY}
    ) as connection:
        connection.execute(f"set TimeZone = {sql.text(_ZONE)}")
        found: list[SourceRefused] = [] if refusals is None else refusals
        judged = _judge(connection, source, words, scratch, progress, found)
        if found and refusals is None:
            raise together(found)
        yield judged


def _judge(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    words: Words,
    scratch: Path,
    progress: Progress,
    refusals: list[SourceRefused],
) -> Judged:
    connection.execute(CREATE)
    connection.execute(CREATE_ORIGIN)
    staged = _stage_all(connection, source, words, scratch, progress, refusals)
    name_keys(connection, staged)
    for name, one in staged.items():
        connection.execute(f"create temp table {gone(name)} ({ROW} bigint)")
        if one.rows_in:
            settle_doubles(connection, one, gone(name))
            list_repeated(connection, one, gone(name))
    for name in referred_to():
        keep_keys(connection, staged[name], gone(name))
    stubs = find_stubs(connection, staged, {name: gone(name) for name in staged})
    for name, one in staged.items():
        if one.rows_in:
            list_mentions(connection, one, gone(name))
    counts = {name: _counted(connection, one, stubs.get(name, 0)) for name, one in staged.items()}
    return Judged(connection, staged, counts, _delivered(staged, words))


def _stage_all(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    words: Words,
    scratch: Path,
    progress: Progress,
    refusals: list[SourceRefused],
) -> dict[str, Staged]:
    parts = {part.table.name: part for part in source.parts}
    staged = {}
    for name, table in contract().tables.items():
        if name in parts:
            try:
                found = stage(connection, parts[name], words, scratch)
            except SourceRefused as refused:
                refusals.append(refused)
                staged[name] = stage_absent(connection, table, scratch)
            else:
                staged[name] = found
                progress(f"{name}: {found.rows_in:,} rows read")
        else:
            staged[name] = stage_absent(connection, table, scratch)
    for part in source.parts:
        try:
            part.check_unchanged()
        except SourceRefused as refused:
            if str(refused) not in map(str, refusals):
                refusals.append(refused)
    return staged


def _counted(connection: duckdb.DuckDBPyConnection, staged: Staged, stubs: int) -> TableCount:
    """Counts landed and other rows each on its own, so that a row lost on the way is noticed."""
    name = staged.table.name
    rows = " , ".join(
        f"(select count(distinct source_row) from fate where table_name = {sql.text(name)} and fate = {sql.text(fate)})"
        for fate in ROWS_NOT_LANDED
    )
    counted = connection.execute(
        f"select (select count(*) from {staged.relation} anti join {gone(name)} using ({ROW})), {rows}"
    ).fetchone()
    assert counted is not None
    landed, set_aside, merged = counted
    if staged.rows_in != landed + set_aside + merged:
        raise AssertionError(
            f"{name}: {staged.rows_in} rows in, but {landed} landed, {set_aside} set aside and {merged} merged"
        )
    return TableCount(
        staged.rows_in, landed, set_aside, merged, stubs,
        staged.emptied, staged.missing, dict(sorted(staged.repairs.items())),
        staged.columns, _filled(connection, staged),
    )  # fmt: skip


def _filled(connection: duckdb.DuckDBPyConnection, staged: Staged) -> dict[str, int]:
    """From the statistics of the staged file: nothing is read again."""
    if not staged.rows_in:
        return {}
    counts = connection.execute(
        "select path_in_schema, (sum(num_values) - sum(stats_null_count))::bigint as filled "
        f"from parquet_metadata({sql.file(staged.path)}) group by path_in_schema"
    ).fetchall()
    known = dict(counts)
    return {name: known[name] for name in staged.columns if known.get(name)}


def _delivered(staged: dict[str, Staged], words: Words) -> frozenset[tuple[str, str]]:
    """What the source has, and what the body declares complete though it has none of it."""
    found = {(name, column) for name, one in staged.items() for column in (one.delivered or ())}
    declared = {(name, column.name) for name in words.complete for column in contract().tables[name].columns}
    return frozenset(found | declared)
