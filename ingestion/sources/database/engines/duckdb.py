"""A DuckDB file as a source, opened read-only."""

from collections.abc import Iterator
from typing import Any

from ingestion.sources.database.engines.engine import Engine, Quote
from ingestion.sources.database.limits import Limits
from ingestion.sources.database.relations import Cell, Column

_CATALOGUE = """
select case when schema_name = current_schema() then null else schema_name end, table_name, column_name, data_type
from duckdb_columns()
where not internal and database_name = current_database()
order by 1 nulls first, 2, column_index
"""


class DuckDB(Engine):
    driver = "duckdb"
    package = "certhouse"
    catalogue = _CATALOGUE

    def connect_arguments(self, limits: Limits) -> dict[str, Any]:
        return {"read_only": True}

    def begin(self, limits: Limits) -> Iterator[str]:
        yield "set timezone = 'Asia/Shanghai'"

    def cell(self, column: Column, quote: Quote) -> Cell:
        name = quote(column.name)
        kind = column.type
        if kind == "json" or kind.startswith(("struct", "map", "union")) or "struct(" in kind:
            return Cell(f"{name}::json::varchar", "nested")
        if kind.endswith("[]"):
            return Cell(f"array_to_string({name}, ';')")
        if kind == "blob":
            return Cell(name, "binary")
        return Cell(name) if kind in ("float", "double") else Cell(f"{name}::varchar")
