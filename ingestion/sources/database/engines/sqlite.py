"""SQLite: a file, opened read-only. Its columns have no types to rely on: the values are what they are."""

from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import quote as url_quote

from sqlalchemy.engine import URL

from ingestion.sources.database.engines.engine import Engine, Quote
from ingestion.sources.database.limits import Limits
from ingestion.sources.database.relations import Cell, Column

_CATALOGUE = """
select null, m.name, c.name, coalesce(c.type, '')
from sqlite_schema as m join pragma_table_xinfo(m.name) as c
where m.type in ('table', 'view') and m.name not like 'sqlite\\_%' escape '\\'
order by m.name, c.cid
"""


class SQLite(Engine):
    driver = "sqlite+pysqlite"
    package = "certhouse"
    catalogue = _CATALOGUE
    execution_options: ClassVar[dict[str, Any]] = {"isolation_level": "AUTOCOMMIT"}

    def url(self, url: URL) -> URL:
        path = (url.database or "").removeprefix("file:").partition("?")[0]
        return url.set(database=f"file:{url_quote(path)}", query={"mode": "ro", "uri": "true"})

    def connect_arguments(self, limits: Limits) -> dict[str, Any]:
        return {"timeout": limits.lock}

    def begin(self, limits: Limits) -> Iterator[str]:
        yield "pragma query_only = on"
        yield "begin"
        yield "select count(*) from sqlite_schema"  # the snapshot begins with the first reading

    def cell(self, column: Column, quote: Quote) -> Cell:
        name = quote(column.name)
        if column.type in ("json", "jsonb"):
            return Cell(f"case when typeof({name}) = 'blob' then json({name}) else {name} end", "nested")
        # Text that is no UTF-8 would end the reading: it comes as bytes.
        return Cell(f"case when typeof({name}) = 'text' then cast({name} as blob) else {name} end", "binary")
