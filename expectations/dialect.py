"""The DuckDB dialect that Great Expectations needs. Otherwise this is duckdb-engine's dialect.

Great Expectations closes its connection before it has fetched the rows. duckdb-engine has no cursor of its
own (a cursor is the connection), so the rows are lost and every expectation errors. Here the rows are
fetched as soon as a statement has run.

It also asks for a table's columns. duckdb-engine asks PostgreSQL's catalog, which DuckDB has only in part; Great
Expectations then falls back on a select of the whole table. Here DuckDB's own catalog is asked.
"""

from __future__ import annotations

from typing import Any

import duckdb_engine
from sqlalchemy import text, types
from sqlalchemy.dialects import registry
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

_ExecutionContext: Any = duckdb_engine.Dialect.execution_ctx_cls

_SCHEME = "duckdb+certhouse"
_COLUMNS = """
    select column_name
    from duckdb_columns()
    where table_name = :table and schema_name = coalesce(:schema, current_schema())
    order by column_index"""


class BufferedContext(_ExecutionContext):
    """Holds all rows of a statement from the moment it has run."""

    def post_exec(self) -> None:
        super().post_exec()
        if self.cursor.description:
            self.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
                self.cursor, initial_buffer=self.cursor.fetchall()
            )


class BufferedDialect(duckdb_engine.Dialect):
    """duckdb-engine's dialect with buffered results, in the schema that the address names."""

    driver = "certhouse"
    execution_ctx_cls: Any = BufferedContext
    supports_statement_cache = False

    def connect(self, *arguments: Any, **parameters: Any) -> Any:
        schema = parameters["url_config"].pop("schema")
        connection = super().connect(*arguments, **parameters)
        connection.execute(f"use {schema}")
        return connection

    def get_columns(self, connection: Any, table_name: str, schema: str | None = None, **_: Any) -> list[Any]:
        """Names are all that the expectations need of them."""
        found = connection.execute(text(_COLUMNS), {"table": table_name, "schema": schema})
        return [{"name": name, "type": types.NullType(), "nullable": True} for (name,) in found]

    def get_pk_constraint(self, *_: Any, **__: Any) -> Any:
        """A warehouse file declares no keys: they are what is checked."""
        return {"constrained_columns": [], "name": None}


def address(database: str, schema: str) -> str:
    """Where to connect to read one schema of a database file, for SQLAlchemy in this process."""
    registry.register("duckdb.certhouse", __name__, BufferedDialect.__name__)
    return f"{_SCHEME}:///{database}?access_mode=read_only&schema={schema}"
