"""Keys of records whose source has no column of keys: what stands in it names them. The printed number is a certificate's key;
an organization goes by its unified code, else by its name; a person by the ID number, else by the name within the body.

References to them hold such a name too, and are led to the key. A name that several records have leads nowhere: which
of them is meant is said by nobody, and never guessed. Where the name is personal data, the key is a digest of it.
"""

from pathlib import Path

import duckdb

from ingestion import sql
from ingestion.contract import Column, Table, contract
from ingestion.fates import Line, record
from ingestion.landing.stage import ROW, Staged, count

_DIGITS = 16


def name_keys(connection: duckdb.DuckDBPyConnection, staged: dict[str, Staged]) -> None:
    """Gives keys to the tables that came without, and leads references to them. Rows that nothing names are set aside."""
    named = [
        name
        for name, one in staged.items()
        if one.rows_in and one.table.natural_key and one.table.pk[0] not in one.columns
    ]
    for name in named:
        _give_keys(connection, staged[name])
    for one in staged.values():
        columns = [
            column
            for column in one.table.references
            if column.references and column.references.table in named and column.name in one.columns
        ]
        if columns and one.rows_in:
            _lead(connection, one, columns)


def _give_keys(connection: duckdb.DuckDBPyConnection, one: Staged) -> None:
    table = one.table
    (key,) = (sql.name(name) for name in table.pk)
    choices = [_key(table, names) for names in table.natural_key]
    columns = tuple(table.column(names[-1]) for names in table.natural_key)
    _rewrite(
        connection, one, f"select * replace (coalesce({', '.join(choices)}) as {key}) from {one.relation}"
    )
    nameless = f"(from {one.relation} where {key} is null)"
    if count(connection, nameless):
        record(connection, "set_aside", "key_missing", table, columns, nameless, Line(ROW))
        _rewrite(connection, one, f"from {one.relation} where {key} is not null order by {ROW}")
    aliases = " union ".join(
        f"select {sql.name(names[-1])} as alias, {key} as key from {one.relation} where {sql.name(names[-1])} is not null"
        for names in table.natural_key
    )
    connection.execute(
        f"create temp table {_aliases(table.name)} as select alias, min(key) as key, count(*) as meant "
        f"from ({aliases}) group by alias"
    )
    one.columns = (*one.columns, *table.pk)
    one.delivered = (*(one.delivered or ()), *table.pk)


def _key(table: Table, names: tuple[str, ...]) -> str:
    text = " || '|' || ".join(sql.name(name) for name in names)
    return _digest(table, text) if any(table.column(name).pii for name in names) else text


def _digest(table: Table, text: str) -> str:
    return f"{sql.text(table.name[0].upper())} || left(sha256({text}), {_DIGITS})"


def _is_personal(table: Table) -> bool:
    return any(table.column(name).pii for names in table.natural_key for name in names)


def _lead(connection: duckdb.DuckDBPyConnection, one: Staged, columns: list[Column]) -> None:
    joins, cells = [], []
    for at, column in enumerate(columns):
        assert column.references is not None
        alias = f"alias_{at}"
        joins.append(
            f"left join {_aliases(column.references.table)} as {alias} "
            f"on this.{sql.name(column.name)} = {alias}.alias and {alias}.meant = 1"
        )
        target = contract().tables[column.references.table]
        value = f"this.{sql.name(column.name)}"
        # A name that leads nowhere stays out of sight too.
        left_over = _digest(target, value) if _is_personal(target) else value
        cells.append(f"coalesce({alias}.key, {left_over}) as {sql.name(column.name)}")
        ambiguous = (
            f"(select this.* from {one.relation} as this inner join {_aliases(column.references.table)} as found "
            f"on this.{sql.name(column.name)} = found.alias where found.meant > 1)"
        )
        if count(connection, ambiguous):
            line = Line(ROW, "null" if _is_personal(target) else sql.name(column.name))
            record(connection, "listed", "ambiguous_name", one.table, (column,), ambiguous, line)
    _rewrite(
        connection,
        one,
        f"select this.* replace ({', '.join(cells)}) from {one.relation} as this {' '.join(joins)} order by {ROW}",
    )


def _aliases(table: str) -> str:
    return sql.name(f"aliases_{table}")


def _rewrite(connection: duckdb.DuckDBPyConnection, one: Staged, query: str) -> None:
    to = one.path.with_suffix(".named.parquet")
    connection.execute(
        f"copy ({query}) to {sql.text(str(to))} (format parquet, compression zstd, compression_level 1)"
    )
    Path(to).replace(one.path)
