"""PostgreSQL. Values are cast to text by the server: the driver refuses infinity, years beyond 9999 and BC."""

from collections.abc import Iterator
from typing import Any, ClassVar

from ingestion.sources.database.engines.engine import Engine, Quote
from ingestion.sources.database.limits import Limits
from ingestion.sources.database.relations import Cell, Column

# Views and foreign tables too; a domain counts as what it is made of; a composite type is known by 'c'.
_CATALOGUE = """
select nullif(n.nspname, current_schema()), c.relname, a.attname,
    case when b.typtype = 'c' then 'composite' else format_type(b.oid, null) end
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_catalog.pg_type as t on t.oid = a.atttypid
join pg_catalog.pg_type as b on b.oid = coalesce(nullif(t.typbasetype, 0), t.oid)
where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
    and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%%'
    and has_schema_privilege(n.oid, 'usage')
order by n.nspname, c.relname, a.attnum
"""
_NESTED = ("json", "jsonb", "composite", "hstore", "xml", "record")


class PostgreSQL(Engine):
    driver = "postgresql+psycopg"
    package = "psycopg[binary]"
    catalogue = _CATALOGUE
    execution_options: ClassVar[dict[str, Any]] = {
        "isolation_level": "REPEATABLE READ",
        "postgresql_readonly": True,
    }

    def connect_arguments(self, limits: Limits) -> dict[str, Any]:
        return {"connect_timeout": limits.connect, "application_name": "certhouse"}

    def begin(self, limits: Limits) -> Iterator[str]:
        yield f"set statement_timeout = '{limits.statement}s'"
        yield f"set lock_timeout = '{limits.lock}s'"
        yield "set timezone = 'Asia/Shanghai'"
        yield "set datestyle = 'ISO'"

    def cell(self, column: Column, quote: Quote) -> Cell:
        name = quote(column.name)
        if column.type.endswith("[]"):
            if column.type.removesuffix("[]") in _NESTED:
                return Cell(f"to_json({name})::text", "nested")
            return Cell(f"array_to_string({name}, ';')")
        match column.type:
            case "bytea":
                return Cell(name, "binary")
            case "money":
                return Cell(f"{name}::numeric::text")
            case kind if kind in _NESTED:
                return Cell(f"{name}::text", "nested")
            case _:
                return Cell(f"{name}::text")
