"""The kinds of databases that can be a source."""

from ingestion.sources.database.engines.duckdb import DuckDB
from ingestion.sources.database.engines.engine import Engine
from ingestion.sources.database.engines.mssql import SQLServer
from ingestion.sources.database.engines.mysql import MySQL
from ingestion.sources.database.engines.oracle import Oracle
from ingestion.sources.database.engines.postgresql import PostgreSQL
from ingestion.sources.database.engines.sqlite import SQLite

#: By the first word of the URL.
ENGINES: dict[str, Engine] = {
    "postgresql": PostgreSQL(),
    "postgres": PostgreSQL(),
    "mysql": MySQL(),
    "mariadb": MySQL(),
    "mssql": SQLServer(),
    "oracle": Oracle(),
    "sqlite": SQLite(),
    "duckdb": DuckDB(),
}

__all__ = ["ENGINES", "Engine"]
