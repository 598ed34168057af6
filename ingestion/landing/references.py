"""References between tables. One that leads nowhere keeps its value, and the table it leads to gets a stub: a row that
holds the key alone (the inferred member of dimensional modelling). So nothing is lost for a record that is missing
elsewhere.

It is settled first which rows of all tables are taken; one pass over the references then finds the stubs, since a
stub refers to nothing.
"""

import duckdb

from ingestion import sql
from ingestion.contract import Column, contract
from ingestion.fates import Line, key_of, record
from ingestion.landing.stage import ROW, Staged, count


def kept(table: str) -> str:
    """The table of the primary keys that are taken, for tables that others lead to."""
    return sql.name(f"kept_{table}")


def stubs(table: str) -> str:
    """The table of the keys that others refer to and that no taken row has."""
    return sql.name(f"stubs_{table}")


def keep_keys(connection: duckdb.DuckDBPyConnection, staged: Staged, gone: str) -> None:
    (key,) = (sql.name(name) for name in staged.table.pk)
    connection.execute(
        f"create temp table {kept(staged.table.name)} as select {key} as key from {staged.relation} "
        f"anti join {gone} using ({ROW})"
    )


def referred_to() -> tuple[str, ...]:
    """Tables that references or mentions lead to, in contract order."""
    targets = {
        name
        for table in contract().tables.values()
        for column in table.columns
        for name in (*column.mentions, *([column.references.table] if column.references else []))
    }
    return tuple(name for name in contract().tables if name in targets)


def find_stubs(
    connection: duckdb.DuckDBPyConnection, staged: dict[str, Staged], gone: dict[str, str]
) -> dict[str, int]:
    """Creates the stubs of every table that is referred to and lists each once; returns how many there are."""
    connection.execute(
        "create temp table wanted (target varchar, key varchar, place integer, source_row bigint, rows bigint)"
    )
    places: list[tuple[Staged, Column]] = []
    for one in staged.values():
        for column in one.table.references:
            if one.rows_in:
                _want(connection, one, column, gone[one.table.name], len(places))
                places.append((one, column))
    counts = {}
    for name in {column.references.table: None for _, column in places if column.references}:
        connection.execute(
            f"create temp table {stubs(name)} as select key, min(place) as place, "
            f"arg_min(source_row, (place, source_row)) as source_row, sum(rows)::bigint as rows "
            f"from wanted where target = {sql.text(name)} group by key"
        )
        counts[name] = count(connection, stubs(name))
        if counts[name]:
            _list_stubs(connection, staged[name], gone[name])
    connection.execute("drop table wanted")
    return counts


def _want(connection: duckdb.DuckDBPyConnection, one: Staged, column: Column, gone: str, place: int) -> None:
    assert column.references is not None
    name, target = sql.name(column.name), column.references.table
    connection.execute(
        f"insert into wanted select {sql.text(target)}, {name}, {place}, min({ROW}), count(*) "
        f"from {one.relation} anti join {gone} using ({ROW}) "
        f"where {name} is not null and {name} not in (select key from {kept(target)}) group by {name}"
    )


def _list_stubs(connection: duckdb.DuckDBPyConnection, target: Staged, gone: str) -> None:
    """Each stub stands in the list of the table that it is a row of, and counts the rows that refer to it."""
    table = target.table
    (key,) = (sql.name(name) for name in table.pk)
    set_aside = f"(select {key} from {target.relation} semi join {gone} using ({ROW}))"
    columns = tuple(table.column(name) for name in table.pk)
    for reason, condition in (("unknown_reference", "not in"), ("set_aside_reference", "in")):
        rows = f"(from {stubs(table.name)} where key {condition} {set_aside})"
        record(
            connection, "stub", reason, table, columns, rows, Line("null", "key", "key", "rows"), target=table
        )


def list_mentions(connection: duckdb.DuckDBPyConnection, staged: Staged, gone: str) -> None:
    """Values that name a record without being a reference, and lead nowhere."""
    for column in staged.table.columns:
        if column.mentions:
            name = sql.name(column.name)
            nowhere = " and ".join(
                f"{name} not in (select key from {kept(target)})" for target in column.mentions
            )
            rows = (
                f"(select *, {key_of(staged.table)} as _key from {staged.relation} anti join {gone} using ({ROW}) "
                f"where {name} is not null and {nowhere})"
            )
            record(
                connection, "listed", "leads_nowhere", staged.table, (column,), rows, Line(ROW, name, "_key")
            )
