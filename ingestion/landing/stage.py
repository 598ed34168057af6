"""One table from raw text to typed rows: every cell is read; one that cannot be read is emptied and marked, and its row
stays, unless it is a part of the key: a row without a usable key is set aside.

A table whose cells are all in the contract's own form, as most are, is cast and written at once.
"""

from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from ingestion import sql
from ingestion.cells import Reading, reading
from ingestion.cells.reading import Dialect
from ingestion.contract import Column, Table
from ingestion.fates import Line, key_of, record
from ingestion.mapping import Words
from ingestion.sources import Extract, Origin, Part
from ingestion.sources.fates import Fate
from ingestion.unreadable import is_unreadable, kind_of, raw_of

ROW = "_source_row"
#: What landing adds to every row beside its number: whether it is a stub, and which cells could not be read.
MARKS = "false as is_stub, {} as unreadable_columns"
NO_MARK = "[]::varchar[]"
#: What stood in the cells that could not be read: rows that are equal are equal in these too.
RAW = "_unread"

#: Repaired cells are listed one by one only as examples, so many for each column and kind.
EXAMPLES = 20
#: Repairs that change a value, not its form alone: each is listed.
_LISTED_REPAIRS = ("rounded",)


@dataclass
class Staged:
    """A table whose cells are read, in `path`: the contract's columns, marks, row number; `RAW` where `uneven`.

    emptied   column -> cells that could not be read.
    repairs   kind -> cells.
    columns   contract columns that the source has.
    """

    table: Table
    path: Path
    rows_in: int
    uneven: bool = False
    emptied: dict[str, int] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)
    repairs: dict[str, int] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    fates: tuple[Fate, ...] = ()
    delivered: tuple[str, ...] | None = None

    @property
    def relation(self) -> str:
        return f"{sql.parquet(self.path)}"


def stage(connection: duckdb.DuckDBPyConnection, part: Part, words: Words, folder: Path) -> Staged:
    """Loads and reads one part of the source."""
    table = part.table
    raw = f"raw_{table.name}"
    extract = part.load(connection, raw, folder)
    staged = Staged(table, folder / f"{table.name}.staged.parquet", rows_in=0)
    staged.columns, staged.unknown = extract.columns, extract.unknown
    staged.origins, staged.fates = extract.origins, extract.fates
    staged.delivered = extract.columns if extract.delivered is None else extract.delivered
    for origin in extract.origins:
        connection.execute("insert into origin values (?, ?, ?)", [table.name, origin.place, origin.after])
    staged.rows_in = count(connection, raw) + _set_aside_misshapen(connection, extract, table)
    for (_, kind), repaired in extract.repairs.items():
        staged.repairs[kind] = staged.repairs.get(kind, 0) + repaired
    readings = {
        name: reading(column, Dialect(words.values(table, column), part.day_zero))
        for name in extract.columns
        for column in [table.column(name)]
    }
    uneven = _uneven_columns(connection, raw, table, readings, extract.unreadable)
    if uneven:
        staged.uneven = True
        _stage_with_care(connection, raw, extract, staged, readings, uneven)
    else:
        cells = [_cast(column, readings) for column in table.columns]
        _copy(
            connection,
            f"select {', '.join(cells)}, {MARKS.format(NO_MARK)}, {extract.line} as {ROW} from {raw}",
            staged.path,
        )
    connection.execute(f"drop table {raw}")
    return staged


def stage_absent(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> Staged:
    """A table that the source does not have is empty."""
    staged = Staged(table, folder / f"{table.name}.staged.parquet", rows_in=0)
    cells = [_cast(column, {}) for column in table.columns]
    _copy(
        connection,
        f"select {', '.join(cells)}, {MARKS.format(NO_MARK)}, null::bigint as {ROW} limit 0",
        staged.path,
    )
    return staged


def count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    counted = connection.execute(f"select count(*) from {relation}").fetchone()
    assert counted is not None
    return int(counted[0])


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    connection.execute(
        f"copy ({query}) to {sql.text(str(path))} (format parquet, compression zstd, compression_level 1)"
    )


def _set_aside_misshapen(connection: duckdb.DuckDBPyConnection, extract: Extract, table: Table) -> int:
    if extract.misshapen is None:
        return 0
    connection.register("misshapen", extract.misshapen)
    for reason in ("field_count", "malformed_quotes", "line_too_long"):
        rows = f"(from misshapen where reason = {sql.text(reason)})"
        record(connection, "set_aside", reason, table, (), rows, Line("source_row", "raw_value"))
    connection.unregister("misshapen")
    return extract.misshapen.num_rows


def _uneven_columns(
    connection: duckdb.DuckDBPyConnection,
    raw: str,
    table: Table,
    readings: dict[str, Reading],
    unreadable: tuple[str, ...],
) -> tuple[Column, ...]:
    """Columns in which some cell is not in the contract's own form, is missing where it is required, or was marked
    as unreadable: in a text column such a mark would pass for text."""
    columns = [table.column(name) for name in readings]
    tests = [
        f"bool_and({_is_canonical(column, readings[column.name])})"
        if not column.required
        else f"bool_and(coalesce({readings[column.name].canonical}, false))"
        for column in columns
    ]
    even = connection.execute(f"select {', '.join(tests)} from {raw}").fetchone()
    assert even is not None
    return tuple(
        column
        for column, is_even in zip(columns, even, strict=True)
        if is_even is False or column.name in unreadable
    )


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
    query = judged(raw, extract.line, table, readings, uneven, extract.unreadable)
    connection.execute(f"create temp table {cells} as {query}")
    names = ", ".join(sql.name(column.name) for column in table.columns)
    marked = ", ".join(
        f"case when {_mark(column, 'problem')} is not null then {sql.text(column.name)} end"
        for column in uneven
    )
    raws = ", ".join(
        f"case when {_mark(column, 'problem')} is not null then {_mark(column, 'raw')} end"
        for column in uneven
    )
    marks = MARKS.format(f"list_filter([{marked}], lambda name: name is not null)")
    _copy(
        connection,
        f"select {names}, {marks}, [{raws}]::varchar[] as {RAW}, {ROW} from {cells} where not _keyless order by {ROW}",
        staged.path,
    )
    for column in uneven:
        _list_unread(connection, cells, staged, column)
    _count_repairs(connection, cells, staged, readings, uneven)
    connection.execute(f"drop table {cells}")


def judged(
    raw: str,
    line: str,
    table: Table,
    readings: dict[str, Reading],
    uneven: tuple[Column, ...],
    unreadable: tuple[str, ...] = (),
) -> str:
    """Every row with its values, and for the uneven columns the raw text, the problem, the repairs and remarks.

    Each step of the readings is one layer of the query, and is evaluated for cells of another form only. In the
    columns `unreadable` the reader marked cells that hold no text.
    """
    if unreadable:
        raw = _marks_read(raw, unreadable)
    tests = [f"{_is_canonical(column, readings[column.name])} as {_mark(column, 'ok')}" for column in uneven]
    layer = f"select {line} as {ROW}, *, {', '.join(tests)} from {raw}"
    for depth in range(max(len(readings[column.name].steps) for column in uneven)):
        steps = []
        for column in uneven:
            if depth < len(readings[column.name].steps):
                suffix, expression = readings[column.name].steps[depth]
                steps.append(f"{_unless_ok(column, expression)} as {_mark(column, suffix)}")
        layer = f"select *, {', '.join(steps)} from ({layer})"
    cells, marks, keyless = [], [], ["false"]
    hours = _hours(table, readings, uneven)
    for column in table.columns:
        cells.append(_cell(column, readings, uneven, hours.get(column.name)))
        if column not in uneven:
            continue
        found = readings[column.name]
        problem, stood = f"({_unless_ok(column, found.problem)})", sql.name(column.name)
        if column.name in unreadable:
            problem = f"coalesce({_mark(column, 'kind')}, {problem})"
            stood = f"coalesce({_mark(column, 'stood')}, {stood})"
        marks += [
            f"{stood} as {_mark(column, 'raw')}",
            f"({problem})::varchar as {_mark(column, 'problem')}",
            f"{_unless_ok(column, f'case when {problem} is null then {_named(found.repairs)} end')} "
            f"as {_mark(column, 'repairs')}",
            f"{_unless_ok(column, _named(found.remarks))} as {_mark(column, 'remarks')}",
        ]
        if column.pk:
            keyless.append(f"{sql.name(column.name)} is null")
    read = f"select {ROW}, {', '.join(cells + marks)} from ({layer})"
    return f"select *, {' or '.join(keyless)} as _keyless from ({read})"


def _marks_read(raw: str, columns: tuple[str, ...]) -> str:
    """The raw table with nothing in the cells that the reader marked, and their kind and raw text beside them."""
    texts, marks = [], []
    for name in columns:
        x = sql.name(name)
        texts.append(f"case when {is_unreadable(x)} then null else {x} end as {x}")
        marks.append(f"case when {is_unreadable(x)} then {kind_of(x)} end as {sql.name(f'{name}__kind')}")
        marks.append(f"case when {is_unreadable(x)} then {raw_of(x)} end as {sql.name(f'{name}__stood')}")
    return f"(select * replace ({', '.join(texts)}), {', '.join(marks)} from {raw})"


def _hours(table: Table, readings: dict[str, Reading], uneven: tuple[Column, ...]) -> dict[str, str]:
    """Column that keeps an hour -> the hour that stands beside the day in another column."""
    return {
        column.time_column: _unless_ok(column, found.time)
        for column in uneven
        if column.time_column and (found := readings[column.name]).time
    }


def _cell(column: Column, readings: dict[str, Reading], uneven: tuple[Column, ...], hour: str | None) -> str:
    found = readings.get(column.name)
    if found is None:
        value = hour or f"null::{column.parquet_type}"
    elif column in uneven:
        value = f"case when {_mark(column, 'ok')} then {found.cast} else {found.value} end"
    else:
        value = found.cast
    if hour and found is not None:
        value = f"case when {sql.name(column.name)} is null then {hour} else {value} end"
    return f"{value} as {sql.name(column.name)}"


def _named(kinds: tuple[tuple[str, str], ...]) -> str:
    """The kinds whose condition holds, joined by commas."""
    if not kinds:
        return "null::varchar"
    named = ", ".join(f"case when {condition} then {sql.text(kind)} end" for kind, condition in kinds)
    return f"concat_ws(',', {named})"


def _is_canonical(column: Column, found: Reading) -> str:
    return f"({sql.name(column.name)} is null or coalesce({found.canonical}, false))"


def _mark(column: Column, suffix: str) -> str:
    return sql.name(f"{column.name}__{suffix}")


def _unless_ok(column: Column, expression: str) -> str:
    return f"case when {_mark(column, 'ok')} then null else {expression} end"


def _list_unread(connection: duckdb.DuckDBPyConnection, judged: str, staged: Staged, column: Column) -> None:
    """Cells that could not be read, required cells that are empty, cells of which something is to be said."""
    table = staged.table
    problem, remarks = _mark(column, "problem"), _mark(column, "remarks")
    line = Line(ROW, _mark(column, "raw"), key_of(table))
    found = connection.execute(
        f"select {problem}, count(*) from {judged} where {problem} is not null group by all order by all"
    ).fetchall()
    fate = "set_aside" if column.pk else "emptied"
    for reason, cells in found:
        rows = f"(from {judged} where {problem} = {sql.text(reason)})"
        record(connection, fate, reason, table, (column,), rows, line)
        if not column.pk:
            staged.emptied[column.name] = staged.emptied.get(column.name, 0) + cells
    if column.required:
        empty = f"(from {judged} where {sql.name(column.name)} is null and {problem} is null"
        if column.may_be_unlimited:  # "no end" is an answer
            endless = f"list_contains(string_split({_mark(column, 'repairs')}, ','), 'unlimited')"
            empty += f" and not coalesce({endless}, false)"
        if not column.pk:  # a row that is set aside lacks nothing more than its key
            empty += " and not _keyless"
        empty += ")"
        missing = count(connection, empty)
        if missing and column.pk:
            record(connection, "set_aside", "key_missing", table, (column,), empty, line)
        elif missing:
            record(connection, "missing", "missing_required", table, (column,), empty, line)
            staged.missing[column.name] = missing
    said = connection.execute(
        f"select distinct unnest(string_split({remarks}, ',')) from {judged} where {remarks} <> ''"
    ).fetchall()
    for (reason,) in sorted(said):
        rows = f"(from {judged} where list_contains(string_split({remarks}, ','), {sql.text(reason)}))"
        record(connection, "listed", reason, table, (column,), rows, line)


def _count_repairs(
    connection: duckdb.DuckDBPyConnection,
    judged: str,
    staged: Staged,
    readings: dict[str, Reading],
    uneven: tuple[Column, ...],
) -> None:
    """Counts the repaired cells of the rows that were read, and lists the first of each kind as examples: the first
    one says for how many the examples stand."""
    for column in uneven:
        repairs = _mark(column, "repairs")
        counts = connection.execute(
            f"select kind, count(*) from (select unnest(string_split({repairs}, ',')) as kind from {judged} "
            f"where {repairs} <> '' and not _keyless) group by kind order by kind"
        ).fetchall()
        for kind, cells in counts:
            staged.repairs[kind] = staged.repairs.get(kind, 0) + cells
            some = "" if kind in _LISTED_REPAIRS else f"limit {EXAMPLES}"
            rows = (
                f"(select *, row_number() over (order by {ROW}) as _at from {judged} where not _keyless "
                f"and list_contains(string_split({repairs}, ','), {sql.text(kind)}) order by {ROW} {some})"
            )
            shown = min(cells, EXAMPLES) if some else cells
            line = Line(
                ROW, _mark(column, "raw"), key_of(staged.table), f"if(_at = 1, {cells - shown + 1}, 1)"
            )
            record(connection, "repaired", kind, staged.table, (column,), rows, line)
