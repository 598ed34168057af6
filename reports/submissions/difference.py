"""What a new version changes, cell by cell: records are matched by the sheet's key, not by their place.

Personal data is masked. What could be a formula when the list is opened in a spreadsheet gets an apostrophe.
"""

from __future__ import annotations

import csv
import hashlib
import tempfile
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import duckdb

from reports.submissions.cells import quoted
from reports.submissions.checks import MASK
from reports.submissions.form import Form, Sheet
from reports.submissions.sheet_rows import cells_sql, create_rows, heading, unpack_sheet

DIFFERENCES = "differences.csv"
COLUMNS = ("sheet", "key", "field", "old", "new", "change")
_MEMORY_LIMIT = "384MB"


@dataclass(frozen=True)
class Difference:
    """One cell. change: added or removed (with its whole record), or changed.

    key  values of the sheet's key fields, joined by '|'; #2, #3 ... where several records have the same
    """

    sheet: str
    key: str
    field: str
    old: str
    new: str
    change: str


def differences(old_workbook: Path, new_workbook: Path, form: Form) -> list[Difference]:
    """Every cell that differs, by sheet, key and place in the form. Both files must be of this package."""
    found: list[Difference] = []
    with tempfile.TemporaryDirectory(prefix="certhouse-difference-") as scratch:
        connection = duckdb.connect(config={"memory_limit": _MEMORY_LIMIT, "temp_directory": scratch})
        try:
            connection.execute("set enable_progress_bar = false; set preserve_insertion_order = false")
            for sheet in form.sheets.values():
                paths = {name: Path(scratch) / f"{name}-{sheet.code}.xml" for name in ("old", "new")}
                books = {"old": old_workbook, "new": new_workbook}
                if all(unpack_sheet(books[name], sheet.name, path) for name, path in paths.items()):
                    found += _of_sheet(connection, form, sheet, paths)
        finally:
            connection.close()
    return found


def write_differences(old_workbook: Path, draft: Path, form: Form) -> dict[str, Any]:
    """Write differences.csv into the draft; what the manifest says of it."""
    rows = differences(old_workbook, draft / old_workbook.name, form)
    return list_differences(rows, draft, old_workbook.parent.name)


def list_differences(rows: list[Difference], draft: Path, against: str) -> dict[str, Any]:
    """Write the list of any kind of file into the draft; `against` is the version before."""
    path = draft / DIFFERENCES
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([_harmless(value) for value in astuple(row)] for row in rows)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return {"against": against, "file": DIFFERENCES, "sha256": digest, "rows": len(rows)}


def _of_sheet(
    connection: duckdb.DuckDBPyConnection, form: Form, sheet: Sheet, lines: dict[str, Path]
) -> list[Difference]:
    for name, path in lines.items():
        create_rows(connection, name, path, form.first_data_row)
    for name, other in (("old", "new"), ("new", "old")):
        _create_cells(connection, name, other, sheet, heading(lines[name]))
    fields = ", ".join(f"({quoted(f.name)}, {f.position}, {not f.is_personal})" for f in sheet.fields)
    # A field that this form does not know may have been personal in an earlier one.
    old, new = (
        f"case when coalesce(is_public, false) or {name}_value = '' then {name}_value else {quoted(MASK)} end"
        for name in ("old", "new")
    )
    rows = connection.execute(
        f"""
        with compared as (
            select
                coalesce(new_cells.key, old_cells.key) as key,
                coalesce(new_cells.field, old_cells.field) as field,
                coalesce(old_cells.value, '') as old_value,
                coalesce(new_cells.value, '') as new_value
            from old_cells
            full outer join new_cells on old_cells.key = new_cells.key and old_cells.field = new_cells.field
            where old_cells.value is distinct from new_cells.value
        )
        select
            compared.key,
            compared.field,
            {old},
            {new},
            case
                when compared.key not in (select key from old_cells) then 'added'
                when compared.key not in (select key from new_cells) then 'removed'
                else 'changed'
            end
        from compared
        left join (values {fields}) as fields (field, position, is_public) on compared.field = fields.field
        order by compared.key, fields.position nulls last, compared.field
        """
    ).fetchall()
    return [Difference(sheet.name, *row) for row in rows]


def _create_cells(
    connection: duckdb.DuckDBPyConnection, name: str, other: str, sheet: Sheet, fields: dict[str, str]
) -> None:
    """Table `<name>_cells` (key, field, value) of the records that the other workbook has not just so."""
    named = ", ".join(f"({quoted(column)}, {quoted(field)})" for column, field in fields.items())
    key = " || '|' || ".join(
        f"coalesce(max(value) filter (field = {quoted(field)}), '')" for field in sheet.key
    )
    unmatched = (
        f"row_no in (select {name}_digest.row_no from {name}_digest"
        f" anti join {other}_digest using (digest, copy_no))"
    )
    connection.execute(
        f"""
        create or replace temp table {name}_cells as
        with cells as (
            select row_no, field, value
            from ({cells_sql(name, unmatched)}) as cells
            inner join (values {named}) as named (column_name, field) using (column_name)
        ),
        keyed as (
            select row_no, {key} as shown_key
            from cells
            group by row_no
        ),
        numbered as (
            select row_no, shown_key, row_number() over (partition by shown_key order by row_no) as copy_no
            from keyed
        )
        select
            shown_key || case when copy_no > 1 then ' #' || copy_no else '' end as key,
            field,
            value
        from cells
        inner join numbered using (row_no)
        """
    )


def _harmless(value: str) -> str:
    return "'" + value if value.startswith(("=", "+", "-", "@")) else value
