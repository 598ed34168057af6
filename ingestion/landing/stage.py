"""One table from raw text to typed rows: reads every cell, sets aside the rows that cannot be read.

The good rows go to a Parquet file at once; of the others the keys are kept, since a key that stands twice is
a double even when one of its rows is unreadable.
"""

from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from ingestion import sql
from ingestion.cells import Reading, reading
from ingestion.cells.reading import Dialect
from ingestion.contract import Column, Table
from ingestion.mapping import Words
from ingestion.quarantine import Place, quarantine
from ingestion.sources import Extract, Origin, Part
from ingestion.sources.fates import Fate

ROW = "_source_row"

#: Repaired cells are listed one by one only as examples, so many for each column and kind.
EXAMPLES = 20


@dataclass
class Staged:
    """A table whose cells are read: good rows in `path`, keys of the others in the table `unread`."""

    table: Table
    place: Place
    path: Path
    rows_in: int
    unread: str | None = None
    repairs: dict[str, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    fates: tuple[Fate, ...] = ()

    @property
    def relation(self) -> str:
        return f"read_parquet({sql.file(self.path)})"


def stage(connection: duckdb.DuckDBPyConnection, part: Part, words: Words, folder: Path) -> Staged:
    """Loads and reads one part of the source."""
    table = part.table
    raw = f"raw_{table.name}"
    extract = part.load(connection, raw, folder)
    place = Place(table, part.place)
    staged = Staged(table, place, folder / f"{table.name}.staged.parquet", rows_in=0)
    staged.unknown, staged.origins, staged.fates = extract.unknown, extract.origins, extract.fates
    staged.rows_in = count(connection, raw) + _set_aside_misshapen(connection, extract, place)
    for (_, kind), repaired in extract.repairs.items():
        staged.repairs[kind] = staged.repairs.get(kind, 0) + repaired
    readings = {
        name: reading(column, Dialect(words.values(table, column), part.day_zero))
        for name in extract.columns
        for column in [table.column(name)]
    }
    uneven = _uneven_columns(connection, raw, table, readings)
    if uneven:
        _stage_with_care(connection, raw, extract, staged, readings, uneven)
    else:
        cells = [_cast(column, readings) for column in table.columns]
        _copy(connection, f"select {', '.join(cells)}, {extract.line} as {ROW} from {raw}", staged.path)
    connection.execute(f"drop table {raw}")
    return staged


def stage_absent(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> Staged:
    """A table that the source does not have is empty."""
    staged = Staged(table, Place(table, ""), folder / f"{table.name}.staged.parquet", rows_in=0)
    cells = [_cast(column, {}) for column in table.columns]
    _copy(connection, f"select {', '.join(cells)}, null::bigint as {ROW} limit 0", staged.path)
    return staged


def count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    counted = connection.execute(f"select count(*) from {relation}").fetchone()
    assert counted is not None
    return int(counted[0])


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    connection.execute(
        f"copy ({query}) to {sql.text(str(path))} (format parquet, compression zstd, compression_level 1)"
    )


def _set_aside_misshapen(connection: duckdb.DuckDBPyConnection, extract: Extract, place: Place) -> int:
    if extract.misshapen is None:
        return 0
    connection.register("misshapen", extract.misshapen)
    for reason in ("field_count", "malformed_quotes"):
        rows = f"(from misshapen where reason = {sql.text(reason)})"
        quarantine(connection, place, (), reason, rows=rows, line="source_row", raw="raw_value")
    connection.unregister("misshapen")
    return extract.misshapen.num_rows


def _uneven_columns(
    connection: duckdb.DuckDBPyConnection, raw: str, table: Table, readings: dict[str, Reading]
) -> tuple[Column, ...]:
    """Columns in which some cell is not in the contract's own form, or is missing where it is required."""
    columns = [table.column(name) for name in readings]
    tests = [
        f"bool_and({_is_canonical(column, readings[column.name])})"
        if not column.required
        else f"bool_and(coalesce({readings[column.name].canonical}, false))"
        for column in columns
    ]
    even = connection.execute(f"select {', '.join(tests)} from {raw}").fetchone()
    assert even is not None
    return tuple(column for column, is_even in zip(columns, even, strict=True) if is_even is False)


def _cast(column: Column, readings: dict[str, Reading]) -> str:
    found = readings.get(column.name)
    value = found.cast if found else f"null::{column.parquet_type}"
    return f"{value} as {sql.name(column.name)}"


def _stage_with_care(
    connection: duckdb.DuckDBPyConnection,
    raw: str,
    extract: Extract,
    staged: Staged,
    readings: dict[str, Reading],
    uneven: tuple[Column, ...],
) -> None:
    table, cells = staged.table, sql.name(f"judged_{staged.table.name}")
    query = judged(raw, extract.line, table, readings, uneven)
    connection.execute(f"create temp table {cells} as {query}")
    key = f"concat_ws('|', {', '.join(f'{sql.name(name)}::varchar' for name in table.pk)})"
    for column in uneven:
        _set_aside(connection, cells, staged.place, column, key)
    names = ", ".join(sql.name(column.name) for column in table.columns)
    _copy(connection, f"select {names}, {ROW} from {cells} where not _unread order by {ROW}", staged.path)
    groups = ", ".join(sql.name(name) for name in _key_columns(table))
    staged.unread = sql.name(f"unread_{table.name}")
    connection.execute(
        f"create temp table {staged.unread} as select {ROW}, {groups}, {key} as _key from {cells} where "
        f"_unread"
    )
    _count_repairs(connection, cells, staged, readings, uneven)
    connection.execute(f"drop table {cells}")


def _key_columns(table: Table) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*table.pk, *(name for group in table.unique for name in group)]))


def judged(
    raw: str, line: str, table: Table, readings: dict[str, Reading], uneven: tuple[Column, ...]
) -> str:
    """Every row with its values, and for the uneven columns the raw text, the problem and the repairs.

    Each step of the readings is one layer of the query, and is evaluated for cells of another form only.
    """
    tests = [f"{_is_canonical(column, readings[column.name])} as {_mark(column, 'ok')}" for column in uneven]
    layer = f"select {line} as {ROW}, *, {', '.join(tests)} from {raw}"
    for depth in range(max(len(readings[column.name].steps) for column in uneven)):
        steps = []
        for column in uneven:
            if depth < len(readings[column.name].steps):
                suffix, expression = readings[column.name].steps[depth]
                steps.append(f"{_unless_ok(column, expression)} as {_mark(column, suffix)}")
        layer = f"select *, {', '.join(steps)} from ({layer})"
    cells, marks, unread = [], [], []
    for column in table.columns:
        if column not in uneven:
            cells.append(_cast(column, readings))
            continue
        found = readings[column.name]
        cells.append(
            f"case when {_mark(column, 'ok')} then {found.cast} else {found.value} end as "
            f"{sql.name(column.name)}"
        )
        kinds = ", ".join(
            f"case when {condition} then {sql.text(kind)} end" for kind, condition in found.repairs
        )
        marks += [
            f"{sql.name(column.name)} as {_mark(column, 'raw')}",
            f"{_unless_ok(column, found.problem)}::varchar as {_mark(column, 'problem')}",
            f"{_unless_ok(column, f'concat_ws({sql.text(chr(44))}, {kinds})')} as {_mark(column, 'repairs')}",
        ]
        unread.append(f"{_mark(column, 'problem')} is not null")
        if column.required:
            unread.append(f"{sql.name(column.name)} is null")
    read = f"select {ROW}, {', '.join(cells + marks)} from ({layer})"
    return f"select *, {' or '.join(unread)} as _unread from ({read})"


def _is_canonical(column: Column, found: Reading) -> str:
    return f"({sql.name(column.name)} is null or coalesce({found.canonical}, false))"


def _mark(column: Column, suffix: str) -> str:
    return sql.name(f"{column.name}__{suffix}")


def _unless_ok(column: Column, expression: str) -> str:
    return f"case when {_mark(column, 'ok')} then null else {expression} end"


def _set_aside(
    connection: duckdb.DuckDBPyConnection, judged: str, place: Place, column: Column, key: str
) -> None:
    problem, raw = _mark(column, "problem"), _mark(column, "raw")
    found = connection.execute(
        f"select distinct {problem} from {judged} where {problem} is not null"
    ).fetchall()
    for (reason,) in sorted(found):
        rows = f"(from {judged} where {problem} = {sql.text(reason)})"
        quarantine(connection, place, (column,), reason, rows=rows, line=ROW, raw=raw, key=key)
    if column.required:
        rows = f"(from {judged} where {sql.name(column.name)} is null and {problem} is null)"
        quarantine(connection, place, (column,), "missing_required", rows=rows, line=ROW, raw=raw, key=key)


def _count_repairs(
    connection: duckdb.DuckDBPyConnection,
    judged: str,
    staged: Staged,
    readings: dict[str, Reading],
    uneven: tuple[Column, ...],
) -> None:
    """Counts the repaired cells of the rows that were read, and lists the first of each kind as examples."""
    for column in uneven:
        repairs = _mark(column, "repairs")
        counts = connection.execute(
            f"select kind, count(*) from (select unnest(string_split({repairs}, ',')) as kind from {judged} "
            f"where {repairs} <> '' and not _unread) group by kind"
        ).fetchall()
        for kind, count in counts:
            staged.repairs[kind] = staged.repairs.get(kind, 0) + count
            shown = "'***'" if column.pii else _mark(column, "raw")
            connection.execute(
                f"insert into repair select {sql.text(staged.table.name)}, {ROW}, {sql.text(column.name)}, "
                f"{sql.text(kind)}, {shown} from {judged} "
                f"where not _unread and list_contains(string_split({repairs}, ','), {sql.text(kind)}) "
                f"order by {ROW} limit {EXAMPLES}"
            )
