"""Row counts and content hashes of a finished warehouse: what a rerun must reproduce."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb


@dataclass(frozen=True)
class TableSummary:
    """One table. The hash does not depend on the order of rows; it is None where it was not asked for."""

    schema: str
    name: str
    rows: int
    content_hash: str | None


def summarise(
    connection: duckdb.DuckDBPyConnection, hashed_schemas: tuple[str, ...] = ("marts",)
) -> list[TableSummary]:
    """Every table and view of every schema but meta."""
    relations = connection.execute(
        "select table_schema, table_name from information_schema.tables"
        " where table_schema not in ('meta', 'information_schema') order by table_schema, table_name"
    ).fetchall()
    return [_summary(connection, schema, name, schema in hashed_schemas) for schema, name in relations]


def _summary(connection: duckdb.DuckDBPyConnection, schema: str, name: str, hashed: bool) -> TableSummary:
    relation = f'"{schema}"."{name}"'
    wanted = "count(*), coalesce(sum(hash(relation)), 0)" if hashed else "count(*), null"
    row = connection.execute(f"select {wanted} from {relation} as relation").fetchone()
    assert row is not None
    return TableSummary(schema, name, row[0], None if row[1] is None else f"{int(row[1]):x}")
