"""The DuckDB dialect that Great Expectations needs.

Great Expectations closes its connection before it has fetched the rows. duckdb-engine has no cursor of its
own (a cursor is the connection), so the rows are lost and every expectation errors. Here the rows are
fetched as soon as a statement has run. Otherwise this is duckdb-engine's dialect.
"""

from __future__ import annotations

from typing import Any

import duckdb_engine
from sqlalchemy.dialects import registry
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

_ExecutionContext: Any = duckdb_engine.Dialect.execution_ctx_cls

SCHEME = "duckdb+certhouse"


class BufferedContext(_ExecutionContext):
    """Holds all rows of a statement from the moment it has run."""

    def post_exec(self) -> None:
        super().post_exec()
        if self.cursor.description:
            self.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
                self.cursor, initial_buffer=self.cursor.fetchall()
            )


class BufferedDialect(duckdb_engine.Dialect):
    """duckdb-engine's dialect with buffered results."""

    driver = "certhouse"
    execution_ctx_cls: Any = BufferedContext
    supports_statement_cache = False


def register() -> None:
    """Make `duckdb+certhouse://` known to SQLAlchemy in this process."""
    registry.register("duckdb.certhouse", __name__, BufferedDialect.__name__)
