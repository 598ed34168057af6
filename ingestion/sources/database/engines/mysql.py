"""MySQL and MariaDB. Days are cast to text by the server, so that 0000-00-00 arrives as it stands there."""

from collections.abc import Iterator
from typing import Any, ClassVar

from sqlalchemy.engine import URL, Connection

from ingestion.sources.database.engines.engine import Engine, Quote
from ingestion.sources.database.limits import Limits
from ingestion.sources.database.relations import Cell, Column, Relation, group

_CATALOGUE = """
select case when table_schema = database() then null else table_schema end, table_name, column_name, column_type
from information_schema.columns
where table_schema not in ('information_schema', 'mysql', 'performance_schema', 'sys')
order by table_schema, table_name, ordinal_position
"""
# MariaDB keeps JSON as text with a check; in MySQL this view has no table_name, and a type for JSON.
_JSON_TEXTS = """
select case when constraint_schema = database() then null else constraint_schema end, table_name, constraint_name
from information_schema.check_constraints
where level = 'Column' and check_clause like 'json_valid(%%'
"""
_DAYS = ("date", "datetime", "timestamp", "time")
_BINARY = ("binary", "varbinary", "blob", "tinyblob", "mediumblob", "longblob")
_SHAPES = (
    "geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon",
    "geometrycollection",
)  # fmt: skip


class MySQL(Engine):
    driver = "mysql+pymysql"
    package = "certhouse[mysql]"
    catalogue = _CATALOGUE
    execution_options: ClassVar[dict[str, Any]] = {"isolation_level": "AUTOCOMMIT"}

    def url(self, url: URL) -> URL:
        return url if "charset" in url.query else url.update_query_dict({"charset": "utf8mb4"})

    def connect_arguments(self, limits: Limits) -> dict[str, Any]:
        # A socket that is silent for longer than a statement may take is dead.
        return {
            "connect_timeout": limits.connect,
            "read_timeout": limits.statement,
            "write_timeout": limits.connect,
        }

    def begin(self, limits: Limits) -> Iterator[str]:
        yield "set time_zone = '+08:00'"
        yield f"set lock_wait_timeout = {limits.lock}, innodb_lock_wait_timeout = {limits.lock}"
        # Each of the two programs takes what is meant for the other for a comment.
        yield (
            f"set @certhouse = 1 /*M! , max_statement_time = {limits.statement} */"
            f" /*!50708 , max_execution_time = {limits.statement * 1000} */"
        )
        yield "set session transaction isolation level repeatable read"
        yield "start transaction with consistent snapshot, read only"

    def relations(self, connection: Connection) -> list[Relation]:
        rows = [tuple(row) for row in connection.exec_driver_sql(self.catalogue).fetchall()]
        if getattr(connection.dialect, "is_mariadb", False):
            texts = {tuple(row) for row in connection.exec_driver_sql(_JSON_TEXTS).fetchall()}
            rows = [(*row[:3], "json") if row[:3] in texts else row for row in rows]
        return group(rows)

    def cell(self, column: Column, quote: Quote) -> Cell:
        name = quote(column.name)
        kind = column.type.split("(")[0].split(" ")[0]
        if column.type == "bit(1)":
            return Cell(f"{name} + 0", "flag")
        if kind == "bit":
            return Cell(f"{name} + 0")
        if kind in _DAYS:
            return Cell(f"cast({name} as char)")
        if kind == "json":
            return Cell(f"cast({name} as char)", "nested")
        if kind in _BINARY:
            return Cell(name, "binary")
        if kind in _SHAPES:
            return Cell(f"st_astext({name})", "nested")
        if kind == "set":
            return Cell(f"replace({name}, ',', ';')")
        return Cell(name)
