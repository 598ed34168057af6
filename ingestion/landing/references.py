"""References between tables. A row whose required reference leads nowhere is not taken, nor is what depends
on it; a nullable reference that leads nowhere is emptied and listed.

The tables come in the contract's load order, each after those its required references point to. So when a
table is looked at, it is settled which rows of those tables are taken, for whatever reason others are not,
and one pass suffices. Nullable references take nothing away, so they come last, when all tables are settled.
"""

import duckdb

from ingestion import sql
from ingestion.contract import Column
from ingestion.landing.stage import ROW, Staged, count
from ingestion.quarantine import quarantine


def kept(table: str) -> str:
    """The table of the primary keys that are taken, for tables that others refer to."""
    return sql.name(f"kept_{table}")


def keep_keys(connection: duckdb.DuckDBPyConnection, staged: Staged, gone: str) -> None:
    (key,) = (sql.name(name) for name in staged.table.pk)
    connection.execute(
        f"create temp table {kept(staged.table.name)} as select {key} as key from {staged.relation} "
        f"anti join {gone} using ({ROW})"
    )


def set_aside_broken(
    connection: duckdb.DuckDBPyConnection, staged: Staged, all_staged: dict[str, Staged], gone: str
) -> None:
    """Adds the rows with a broken required reference to the quarantine and to `gone`."""
    for column in staged.table.references:
        if not column.required:
            continue
        assert column.references is not None
        target = all_staged[column.references.table]
        name = sql.name(column.name)
        row_key = f"concat_ws('|', {', '.join(f'{sql.name(pk)}::varchar' for pk in staged.table.pk)})"
        connection.execute(
            f"create or replace temp table broken as select {ROW}, {name}, {row_key} as _key, "
            f"{name} in (select key from {_known_keys(target)}) as _refused "
            f"from {staged.relation} where {name} not in (select key from {kept(target.table.name)})"
        )
        if not count(connection, "broken"):
            continue
        for reason, condition in (
            ("broken_reference", "not _refused"),
            ("depends_on_quarantined", "_refused"),
        ):
            quarantine(
                connection, staged.place, (column,), reason,
                rows=f"(from broken where {condition})", line=ROW, raw=name, key="_key", target=target.table,
            )  # fmt: skip
        connection.execute(f"insert into {gone} select {ROW} from broken")


def empty_broken(connection: duckdb.DuckDBPyConnection, staged: Staged, gone: str) -> tuple[Column, ...]:
    """Lists the broken nullable references of rows that are taken in `repair`; returns the columns that have
    some."""
    found = []
    for column in staged.table.references:
        if column.required:
            continue
        assert column.references is not None
        name = sql.name(column.name)
        connection.execute(
            f"insert into repair select {sql.text(staged.table.name)}, {ROW}, {sql.text(column.name)}, "
            f"'broken_reference', {name} from {staged.relation} anti join {gone} using ({ROW}) "
            f"where {name} is not null and {name} not in (select key from {kept(column.references.table)})"
        )
        emptied = count(
            connection,
            f"(from repair where kind = 'broken_reference' and table_name = {sql.text(staged.table.name)} "
            f"and column_name = {sql.text(column.name)})",
        )
        if emptied:
            staged.repairs["broken_reference"] = staged.repairs.get("broken_reference", 0) + emptied
            found.append(column)
    return tuple(found)


def _known_keys(target: Staged) -> str:
    """Keys that the source has, whether their rows are taken or not."""
    (key,) = (sql.name(name) for name in target.table.pk)
    keys = f"select {key} as key from {target.relation}"
    if target.unread:
        keys += f" union all select {key} from {target.unread} where {key} is not null"
    return f"({keys})"
