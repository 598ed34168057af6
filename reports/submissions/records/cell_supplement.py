"""What a clerk adds to the sheets of records: cells that the form asks for and no record holds.

Who approved a suspension, a program file's number, an attachment: the source systems have no column for
them. The supplement says sheet, key, report_type, field, value. The key is what names a record to a clerk, the
certificate's number or the plan's. An empty report_type means every row of the key. A cell that the records fill is
never replaced, but the hour may be added to a day that is written without one.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from ingestion.sql import text as quoted
from reports.submissions.records.cells import scalar
from reports.submissions.records.sheet_form import Field, Form, Sheet
from reports.submissions.supplement import SUPPLEMENT, SupplementRefused, read_supplement

COLUMNS = ("sheet", "key", "report_type", "field", "value")


def load_supplement(
    connection: duckdb.DuckDBPyConnection, form: Form, codes: tuple[str, ...], parent: Path
) -> int:
    """Table `supplement` from the file beside the versions, empty when there is none; returns its number of lines."""
    columns = ", ".join(f"{name} varchar" for name in COLUMNS)
    connection.execute(f"create or replace table supplement (line bigint, {columns})")
    lines = read_supplement(parent, COLUMNS)
    given = [list(range(2, len(lines) + 2)), *([line[name] for line in lines] for name in COLUMNS)]
    names = ", ".join(f"clean_text({name})" for name in COLUMNS)
    unnested = ", ".join(
        f"unnest(${place}) as {name}" for place, name in enumerate(("line", *COLUMNS), start=1)
    )
    connection.execute(f"insert into supplement select line, {names} from (select {unnested})", given)
    _refuse_unknown(connection, form, codes, parent / SUPPLEMENT)
    return len(lines)


def _refuse_unknown(
    connection: duckdb.DuckDBPyConnection, form: Form, codes: tuple[str, ...], path: Path
) -> None:
    known = ", ".join(
        f"({quoted(code)}, {quoted(field.name)})" for code in codes for field in form.sheets[code].fields
    )
    wrong = connection.execute(
        f"select line, sheet, field from supplement where key is null or value is null"
        f" or coalesce((sheet, field) not in ({known}), true) order by line limit 1"
    ).fetchone()
    if wrong:
        raise SupplementRefused(
            f"{path}, line {wrong[0]}: sheet {wrong[1]}, field {wrong[2]}: not in the form, or without"
            " key or value."
        )


def fill_from_supplement(connection: duckdb.DuckDBPyConnection, sheet: Sheet) -> int:
    """Fill empty cells of `sheet_<code>`; returns how many were filled."""
    table = f"sheet_{sheet.code}"
    added = connection.execute(
        f"select distinct field from supplement where sheet = {quoted(sheet.code)} order by field"
    ).fetchall()
    if not added:
        return 0
    names = {name for (name,) in added}
    cells = ", ".join(
        f'"{field.name}" := ' + (_filled(sheet, field) if field.name in names else f'cell."{field.name}"')
        for field in sheet.fields
    )
    connection.execute(
        f"create or replace table filled as"
        f" select row_no, fact, struct_pack({cells}) as cell, run from {table} order by row_no"
    )
    changed = " + ".join(
        f'count(*) filter (filled.cell."{name}" is distinct from {table}.cell."{name}")'
        for name in sorted(names)
    )
    count = scalar(connection, f"select {changed} from filled inner join {table} using (row_no)")
    connection.execute(f"drop table {table}; alter table filled rename to {table}")
    return count


def _filled(sheet: Sheet, field: Field) -> str:
    has_type = any(other.name == "REPORT_TYPE" for other in sheet.fields)
    same_type = "(report_type is null or report_type = cell.REPORT_TYPE)" if has_type else "true"
    # As the regulator stores a number: without blanks, in capitals.
    same_key = (
        f"upper(replace(supplement.key, ' ', '')) = upper(replace(cell.\"{sheet.shown_key}\", ' ', ''))"
    )
    cell = f'cell."{field.name}"'
    given = (
        f"(select min(value) from supplement where supplement.sheet = {quoted(sheet.code)}"
        f" and supplement.field = {quoted(field.name)} and {same_key} and {same_type})"
    )
    if " " not in field.date_format:
        return f"coalesce({cell}, {given})"
    is_hour = f"right({cell}, 9) = ' 00:00:00' and left({given}, 11) = left({cell}, 11)"
    return f"case when {cell} is null or ({is_hour}) then {given} else {cell} end"
