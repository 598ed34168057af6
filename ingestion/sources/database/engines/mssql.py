"""SQL Server, through pymssql: its wheel brings FreeTDS, so that nothing has to be installed beside it. (pyodbc
needs an ODBC manager and Microsoft's driver on every machine.)

SQL Server knows no read-only transaction: the account should have the role db_datareader and no other. The
snapshot must be allowed in the database once.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from sqlalchemy.engine import URL

from ingestion.sources.database.engines.engine import Engine, Quote
from ingestion.sources.database.limits import Limits
from ingestion.sources.database.relations import Cell, Column

# A synonym stands for a table or view of this database; types of one's own are known by what they are made of.
_CATALOGUE = """
select case when s.name = schema_name() then null else s.name end, o.name, c.name,
    case when t.is_assembly_type = 1 then t.name else coalesce(b.name, t.name) end
from sys.objects as o
inner join sys.schemas as s on o.schema_id = s.schema_id
inner join sys.columns as c on c.object_id =
    case when o.type = 'SN' then (select object_id(n.base_object_name) from sys.synonyms as n
        where n.object_id = o.object_id) else o.object_id end
inner join sys.types as t on t.user_type_id = c.user_type_id
left join sys.types as b on b.user_type_id = t.system_type_id
where o.type in ('U', 'V', 'SN') and o.is_ms_shipped = 0
order by 1, 2, c.column_id
"""
_NESTED = ("xml", "sql_variant", "geography", "geometry", "hierarchyid", "json", "vector")
_SNAPSHOT_NOT_ALLOWED = "snapshot isolation"


class SQLServer(Engine):
    driver = "mssql+pymssql"
    package = "certhouse[mssql]"
    catalogue = _CATALOGUE
    execution_options: ClassVar[dict[str, Any]] = {"isolation_level": "AUTOCOMMIT"}

    def url(self, url: URL) -> URL:
        return url if "charset" in url.query else url.update_query_dict({"charset": "UTF-8"})

    def connect_arguments(self, limits: Limits) -> dict[str, Any]:
        # read_only says so to an availability group, which then may answer from a readable secondary.
        return {
            "login_timeout": limits.connect,
            "timeout": limits.statement,
            "appname": "certhouse",
            "read_only": True,
        }

    def begin(self, limits: Limits) -> Iterator[str]:
        yield f"set lock_timeout {limits.lock * 1000}"
        yield "set transaction isolation level snapshot"
        yield "begin transaction"

    def cell(self, column: Column, quote: Quote) -> Cell:
        name = quote(column.name)
        match column.type:
            case "bit":
                return Cell(f"cast({name} as int)", "flag")
            case "date":
                return Cell(f"convert(varchar(10), {name}, 23)")
            case "datetime" | "datetime2" | "smalldatetime":
                return Cell(f"convert(varchar(27), {name}, 121)")
            case "datetimeoffset":
                return Cell(f"convert(varchar(27), switchoffset({name}, '+08:00'), 121)")
            case "time":
                return Cell(f"convert(varchar(8), {name}, 108)")
            case "money" | "smallmoney":
                return Cell(f"convert(varchar(30), {name}, 2)")
            case "uniqueidentifier":
                return Cell(f"convert(varchar(36), {name})")
            case "text" | "ntext":
                return Cell(f"convert(nvarchar(max), {name})")
            case "geography" | "geometry" | "hierarchyid":
                return Cell(f"{name}.ToString()", "nested")
            case kind if kind in _NESTED:
                return Cell(f"convert(nvarchar(max), {name})", "nested")
            case "binary" | "varbinary" | "image" | "timestamp" | "rowversion":
                return Cell(f"convert(varbinary(max), {name})", "binary")
            case _:
                return Cell(name)

    def advice(self, message: str) -> str | None:
        if _SNAPSHOT_NOT_ALLOWED in message.lower():
            return (
                "Allow it once, as the database's owner: "
                "ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON"
            )
        return None
