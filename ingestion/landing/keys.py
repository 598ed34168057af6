"""Keys that stand twice. None of the rows is taken: which of them is right, only the body can say."""

import duckdb

from ingestion import sql
from ingestion.landing.stage import ROW, Staged, count
from ingestion.quarantine import quarantine


def set_aside_doubles(connection: duckdb.DuckDBPyConnection, staged: Staged, gone: str) -> None:
    """Adds the rows of equal primary keys, and of equal further unique groups, to the quarantine and to
    `gone`."""
    for group in (staged.table.pk, *staged.table.unique):
        _set_aside_group(connection, staged, group, gone)


def _set_aside_group(
    connection: duckdb.DuckDBPyConnection, staged: Staged, group: tuple[str, ...], gone: str
) -> None:
    names = [sql.name(name) for name in group]
    row_key = f"concat_ws('|', {', '.join(f'{sql.name(name)}::varchar' for name in staged.table.pk)})"
    keys = f"select {ROW}, {', '.join(names)}, {row_key} as _key from {staged.relation}"
    if staged.unread:
        known = " and ".join(f"{name} is not null" for name in names)
        keys += f" union all select {ROW}, {', '.join(names)}, _key from {staged.unread} where {known}"
    connection.execute(
        f"create or replace temp table doubles as select {', '.join(names)} from ({keys}) "
        f"group by all having count(*) > 1"
    )
    if not count(connection, "doubles"):
        return
    rows = f"(select keys.* from ({keys}) as keys semi join doubles using ({', '.join(names)}))"
    columns = tuple(staged.table.column(name) for name in group)
    value = f"concat_ws('|', {', '.join(f'{name}::varchar' for name in names)})"
    quarantine(connection, staged.place, columns, "duplicate_key", rows=rows, line=ROW, raw=value, key="_key")
    connection.execute(f"insert into {gone} select {ROW} from {rows}")
