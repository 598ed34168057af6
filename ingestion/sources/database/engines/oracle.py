"""Oracle, through python-oracledb in its thin mode: no client has to be installed. Days are cast to text by the
server: the driver has no years before 1, and gives moments without their time zone.

Names are taken as the dictionary has them and always quoted: AUDIT is a word of Oracle's own.
"""

from collections.abc import Iterator
from typing import Any

from ingestion.sources.database.engines.engine import Engine, Quote
from ingestion.sources.database.limits import Limits
from ingestion.sources.database.relations import Cell, Column

# Tables and views of this schema and of those that gave rights on theirs; synonyms under their own names.
_CATALOGUE = """
select case when owner = sys_context('userenv', 'current_schema') then null else owner end,
    table_name, column_name, case when data_type_owner is null then data_type else 'object' end
from (
    select c.owner, c.table_name, c.column_name, c.data_type, c.data_type_owner, c.column_id
    from all_tab_columns c
    union all
    select s.owner, s.synonym_name, c.column_name, c.data_type, c.data_type_owner, c.column_id
    from all_synonyms s
    inner join all_tab_columns c on c.owner = s.table_owner and c.table_name = s.table_name
    where s.db_link is null and s.owner = sys_context('userenv', 'current_schema')
)
where owner not in (select username from all_users where oracle_maintained = 'Y')
order by 1 nulls first, 2, column_id
"""
_MOMENT = "'FXSYYYY-MM-DD HH24:MI:SS'"


class Oracle(Engine):
    driver = "oracle+oracledb"
    package = "certhouse[oracle]"
    catalogue = _CATALOGUE

    def connect_arguments(self, limits: Limits) -> dict[str, Any]:
        return {"tcp_connect_timeout": float(limits.connect)}

    def begin(self, limits: Limits) -> Iterator[str]:
        yield "alter session set time_zone = 'Asia/Shanghai'"
        yield "alter session set nls_numeric_characters = '.,'"
        yield "set transaction read only"

    def cell(self, column: Column, quote: Quote) -> Cell:
        name = quote(column.name)
        kind = column.type
        if kind == "date" or kind.startswith("timestamp"):
            moment = f"{name} at time zone 'Asia/Shanghai'" if "time zone" in kind else name
            return Cell(f"trim(to_char({moment}, {_MOMENT}))")
        if kind == "number":
            return Cell(f"to_char({name}, 'TM9')")
        if kind in ("object", "json", "xmltype"):
            return Cell(_nested(name, kind), "nested")
        if kind in ("raw", "long raw", "blob"):
            return Cell(name, "binary")
        if kind == "boolean":
            return Cell(f"case when {name} then 1 when not {name} then 0 end", "flag")
        return Cell(name)

    def advice(self, message: str) -> str | None:
        if "ORA-01555" in message:
            return "Another system changed much meanwhile: land at a quieter hour, or ask for a longer undo retention."
        return None


def _nested(name: str, kind: str) -> str:
    if kind == "json":
        return f"json_serialize({name} returning clob)"
    # What an object holds has no text; that there is one must be seen.
    return f"case when {name} is not null then '{{object}}' end"
