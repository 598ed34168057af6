"""What a clerk adds to one file: cells that the form asks for and no record holds.

Who approved a suspension, a program file's number, an attachment: the source systems have no column for
them. They stand in `supplement.csv` beside the versions of a month: sheet, certificate_no, report_type,
field, value. An empty report_type means every row of the certificate. A cell that the records fill is never
replaced; what is added is checked like everything else, and a copy of the supplement is kept with the
version it went into.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from reports.submissions.cells import quoted, scalar
from reports.submissions.form import Form, Sheet

SUPPLEMENT = "supplement.csv"
COLUMNS = ("sheet", "certificate_no", "report_type", "field", "value")


class SupplementRefused(ValueError):
    """The supplement is not readable or speaks of what is not in the form; the message says where."""


def load_supplement(
    connection: duckdb.DuckDBPyConnection, form: Form, codes: tuple[str, ...], path: Path
) -> int:
    """Table `supplement` from the file, empty when there is none; returns its number of lines."""
    columns = ", ".join(f"{name} varchar" for name in COLUMNS)
    connection.execute(f"create or replace table supplement (line bigint, {columns})")
    if not path.is_file():
        return 0
    names = ", ".join(f"clean_text({name})" for name in COLUMNS)
    try:
        connection.execute(
            f"insert into supplement select row_number() over () + 1, {names}"
            f" from read_csv({quoted(str(path))}, header = true, all_varchar = true,"
            " delim = ',', quote = '\"', escape = '\"', null_padding = false)"
        )
    except duckdb.Error as error:
        wanted = ", ".join(COLUMNS)
        raise SupplementRefused(f"{path}: not a UTF-8 CSV file with the columns {wanted}.") from error
    _refuse_unknown(connection, form, codes, path)
    return scalar(connection, "select count(*) from supplement")


def _refuse_unknown(
    connection: duckdb.DuckDBPyConnection, form: Form, codes: tuple[str, ...], path: Path
) -> None:
    known = ", ".join(
        f"({quoted(code)}, {quoted(field.name)})" for code in codes for field in form.sheets[code].fields
    )
    wrong = connection.execute(
        f"select line, sheet, field from supplement where certificate_no is null or value is null"
        f" or coalesce((sheet, field) not in ({known}), true) order by line limit 1"
    ).fetchone()
    if wrong:
        raise SupplementRefused(
            f"{path}, line {wrong[0]}: sheet {wrong[1]}, field {wrong[2]}: not in the form, or without"
            " certificate number or value."
        )


def fill_from_supplement(connection: duckdb.DuckDBPyConnection, sheet: Sheet) -> int:
    """Fill empty cells of `sheet_<code>`; returns how many were filled."""
    added = connection.execute(
        f"select distinct field from supplement where sheet = {quoted(sheet.code)} order by field"
    ).fetchall()
    if not added:
        return 0
    names = {name for (name,) in added}
    before = _empty_cells(connection, sheet, names)
    cells = ", ".join(
        f'"{field.name}" := '
        + (_filled(sheet, field.name) if field.name in names else f'cell."{field.name}"')
        for field in sheet.fields
    )
    connection.execute(
        f"create or replace table sheet_{sheet.code} as"
        f" select row_no, fact, struct_pack({cells}) as cell, run from sheet_{sheet.code} order by row_no"
    )
    return before - _empty_cells(connection, sheet, names)


def _filled(sheet: Sheet, name: str) -> str:
    has_type = any(field.name == "REPORT_TYPE" for field in sheet.fields)
    same_type = "(report_type is null or report_type = cell.REPORT_TYPE)" if has_type else "true"
    return (
        f'coalesce(cell."{name}", (select min(value) from supplement'
        f" where supplement.sheet = {quoted(sheet.code)}"
        f" and supplement.field = {quoted(name)}"
        f" and upper(replace(supplement.certificate_no, ' ', '')) = cell.CERT_NUMBER and {same_type}))"
    )


def _empty_cells(connection: duckdb.DuckDBPyConnection, sheet: Sheet, names: set[str]) -> int:
    counts = " + ".join(f'count(*) filter (cell."{name}" is null)' for name in sorted(names))
    return scalar(connection, f"select {counts} from sheet_{sheet.code}")
