"""From a relation of the warehouse to the cells of a sheet, as text, all rows at once in DuckDB.

Every sheet becomes a table `sheet_<code>`: row_no (1 = first data row), fact (the relation's row), cell
(one text per field, NULL = empty cell), run (reported_on). Checks, totals and the writer read nothing else.

All cells are text: what is uploaded is read as text and trimmed, and only text keeps leading zeros and long
digits through a spreadsheet program. Dates are text in the field's format, numbers plain decimals without
trailing zeros.
"""

from __future__ import annotations

from datetime import date

import duckdb

from ingestion.sql import text as quoted
from reports.submissions.records import streamed_rows
from reports.submissions.records.sheet_form import Composition, Field, Form, Sheet

# \x00-\x1f would break a sheet or its reader; blanks of both widths at the ends are trimmed on arrival.
_MACROS = (
    r"create macro clean_text(x) as nullif(trim("
    r"regexp_replace(cast(x as varchar), '[\x00-\x1f\x7f\x{fffe}\x{ffff}]+', ' ', 'g'), ' 　'), '')",
    r"create macro plain_number(x) as regexp_replace(x, '(\.0+|(\.[0-9]*[1-9])0+)$', '\2')",
    "create macro without_repeats(x) as list_filter(x, lambda v, i: list_position(x, v) = i)",
    "create macro number_of(x) as try_cast(x as decimal(38, 10))",
    "create macro date_of(x) as try_cast(left(x, 10) as date)",
)


def define_functions(connection: duckdb.DuckDBPyConnection, form: Form) -> None:
    """The functions that cells and rules are written with."""
    for macro in (*_MACROS, streamed_rows.MACRO):
        connection.execute(macro.replace("create macro", "create or replace macro", 1))
    connection.execute(f"create or replace macro values_of(x) as string_split(x, {quoted(form.joiner)})")


def build_sheet(
    connection: duckdb.DuckDBPyConnection,
    form: Form,
    sheet: Sheet,
    relation: str,
    condition: str,
    reported_on: date,
) -> int:
    """Create `sheet_<code>` from a relation of the attached database's schema submissions.

    Only rows for which `condition`, SQL on `record`, is true; returns their number. No relation: no rows.
    """
    if not relation:
        return _build_empty(connection, sheet, reported_on)
    order = ", ".join(f'record."{column}" nulls last' for column in sheet.order_by)
    columns = {name for (name,) in connection.execute(_columns_sql(relation)).fetchall()}
    values = {
        field.name: composed_sql(form, sheet.composed[field.name])
        if field.name in sheet.composed
        else cell_sql(form, field, columns)
        for field in sheet.fields
    }
    cells = ",\n".join(f'"{name}" := {value}' for name, value in values.items())
    connection.execute(
        f"""
        create or replace table sheet_{sheet.code} as
        with facts as (
            select row_number() over (order by {order}) as row_no, record as fact
            from warehouse.submissions."{relation}" as record
            where {condition}
        )
        select
            row_no,
            fact,
            struct_pack({cells}) as cell,
            struct_pack(reported_on := date '{reported_on}') as run
        from facts
        order by row_no
        """
    )
    return scalar(connection, f"select count(*) from sheet_{sheet.code}")


def _build_empty(connection: duckdb.DuckDBPyConnection, sheet: Sheet, reported_on: date) -> int:
    cells = ", ".join(f'"{field.name}" := cast(null as varchar)' for field in sheet.fields)
    connection.execute(
        f"create or replace table sheet_{sheet.code} as select cast(1 as bigint) as row_no,"
        f" struct_pack(nothing := 1) as fact, struct_pack({cells}) as cell,"
        f" struct_pack(reported_on := date '{reported_on}') as run limit 0"
    )
    return 0


def _columns_sql(relation: str) -> str:
    return (
        "select column_name from duckdb_columns() where database_name = 'warehouse'"
        f" and schema_name = 'submissions' and table_name = {quoted(relation)}"
    )


def cell_sql(form: Form, field: Field, columns: set[str]) -> str:
    """SQL for the field's text; NULL where the records hold nothing."""
    if not field.column:
        return "cast(null as varchar)"
    if field.column not in columns:
        raise ValueError(
            f"{field.name}: the warehouse has no column {field.column}; build it with this version"
        )
    value = f'fact."{field.column}"'
    text = f"clean_text({value})"
    if field.type == "DATE":
        return f"coalesce(strftime(try_cast({value} as timestamp), {quoted(field.date_format)}), {text})"
    if field.type == "NUMBER":
        return f"plain_number({text})"
    if field.is_many:
        one = _mapped(form, field.mapping, "trim(v, ' 　')")
        values = f"list_filter(list_transform(string_split({text}, ';'), lambda v: {one}), lambda v: v <> '')"
        text = f"nullif(array_to_string(without_repeats({values}), {quoted(form.joiner)}), '')"
    else:
        text = _mapped(form, field.mapping, text)
    if field.overflow_text:
        instead = quoted(field.overflow_text)
        text = f"case when length({text}) > {field.max_length} then {instead} else {text} end"
    return text


def composed_sql(form: Form, composition: Composition) -> str:
    """SQL for a cell that lists rows of another relation; a part that is missing leaves its place empty."""
    parts = ", ".join(
        f"coalesce({_mapped(form, part.mapping, f'clean_text(member.{part.column})')}, '')"
        for part in composition.parts
    )
    order = ", ".join(f'member."{column}"' for column in composition.order_by)
    return (
        f"(select string_agg(concat_ws({quoted(composition.joiner)}, {parts}), {quoted(form.joiner)}"
        f' order by {order}) from warehouse.submissions."{composition.relation}" as member'
        f' where member."{composition.on}" = fact."{composition.on}" and ({composition.where}))'
    )


def _mapped(form: Form, mapping: str, value: str) -> str:
    """The value's code; a value without one stays as it is and is found by the check of codes."""
    if not mapping:
        return value
    arms = " ".join(
        f"when {quoted(own)} then {quoted(code.code)}" for own, code in form.mappings[mapping].items()
    )
    return f"(case {value} {arms} else {value} end)"


def scalar(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return int(row[0])
