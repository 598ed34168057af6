"""Keys that stand twice. Rows that are equal in every cell are one row; where they differ, none is taken: which of them is
right, only the body can say."""

import duckdb

from ingestion import sql
from ingestion.fates import Line, key_of, record
from ingestion.landing.stage import RAW, ROW, Staged, count


def settle_doubles(connection: duckdb.DuckDBPyConnection, staged: Staged, gone: str) -> None:
    """Lists the rows of equal primary keys, and adds those that are not taken to `gone`."""
    table = staged.table
    names = ", ".join(sql.name(name) for name in table.pk)
    connection.execute(
        f"create or replace temp table twice as select {names} from {staged.relation} group by all having count(*) > 1"
    )
    if not count(connection, "twice"):
        return
    cells = [sql.name(column.name) for column in table.columns] + ["unreadable_columns"]
    whole = ", ".join([*cells, *([RAW] if staged.uneven else [])])
    connection.execute(
        "create or replace temp table doubles as "
        f"select {ROW}, {key_of(table)} as key, "
        f"min({ROW}) over (partition by {names}) as first_row, "
        f"count(distinct struct_pack({_packed(whole)})) over (partition by {names}) as contents "
        f"from {staged.relation} semi join twice using ({names})"
    )
    columns = tuple(table.column(name) for name in table.pk)
    line = Line(ROW, "key", "key")
    for fate, reason, condition in (
        ("merged", "same_row", f"contents = 1 and {ROW} <> first_row"),
        ("set_aside", "duplicate_key", "contents > 1"),
    ):
        rows = f"(from doubles where {condition})"
        record(connection, fate, reason, table, columns, rows, line)
        connection.execute(f"insert into {gone} select {ROW} from {rows}")


def list_repeated(connection: duckdb.DuckDBPyConnection, staged: Staged, gone: str) -> None:
    """Rows that share what should be unique, beside the key, are taken and listed."""
    table = staged.table
    for group in table.expected_unique:
        names = [sql.name(name) for name in group]
        known = " and ".join(f"{name} is not null" for name in names)
        rows = (
            f"(select *, {key_of(table)} as _key from {staged.relation} anti join {gone} using ({ROW}) where {known} "
            f"qualify count(*) over (partition by {', '.join(names)}) > 1)"
        )
        value = f"concat_ws('|', {', '.join(f'{name}::varchar' for name in names)})"
        columns = tuple(table.column(name) for name in group)
        record(connection, "listed", "not_unique", table, columns, rows, Line(ROW, value, "_key"))


def _packed(names: str) -> str:
    return ", ".join(f"c{at} := {name}" for at, name in enumerate(names.split(", ")))
