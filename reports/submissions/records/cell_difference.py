"""What a new version changes, cell by cell: records are matched by the sheet's key, not by their place."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from ingestion import sql
from ingestion.sql import text as quoted
from reports.submissions.differences import COLUMNS, DIFFERENCES, Difference, differences_entry, harmless_sql
from reports.submissions.error_list import MASK
from reports.submissions.records.cells import scalar
from reports.submissions.records.sheet_form import Form, Sheet
from reports.submissions.records.sheet_rows import rows_of

# Records that came or went are listed cell by cell up to so many; beyond, a line for each record.
WHOLE_RECORDS = 1_000
_MEMORY_LIMIT = "384MB"
_ROWS_AT_ONCE = 10_000
_ORDER = "sheet_no, key, place, field"
_RECORDS = """
    create or replace table record as
    select key, 'added' as change from (select distinct key from new_keys) anti join old_keys using (key)
    union all
    select key, 'removed' as change from (select distinct key from old_keys) anti join new_keys using (key)
"""


def differences(old_workbook: Path, new_workbook: Path, form: Form) -> list[Difference]:
    """Every cell that differs, by sheet, key and place in the form. Rows stand beside the workbooks, or are read back."""
    with _compared(old_workbook, new_workbook, form) as connection:
        rows = connection.execute(f"select {', '.join(COLUMNS)} from difference order by {_ORDER}").fetchall()
    return [Difference(*row) for row in rows]


def write_differences(old_workbook: Path, draft: Path, form: Form) -> dict[str, Any]:
    """Write differences.csv into the draft; what the manifest says of it."""
    path = draft / DIFFERENCES
    harmless = ", ".join(harmless_sql(name) for name in COLUMNS)
    with _compared(old_workbook, draft / old_workbook.name, form) as connection:
        connection.execute(
            f"copy (select {harmless} from (from difference order by {_ORDER})) to {quoted(str(path))}"
            " (format csv, header true, delimiter ',', nullstr '')"
        )
        rows = scalar(connection, "select count(*) from difference")
    return differences_entry(path, old_workbook.parent.name, rows)


@contextmanager
def _compared(old_workbook: Path, new_workbook: Path, form: Form) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with table `difference`, filled."""
    books = {"old": old_workbook, "new": new_workbook}
    with tempfile.TemporaryDirectory(prefix="certhouse-difference-") as scratch:
        # In a file: what differs may be more than memory holds.
        connection = duckdb.connect(
            str(Path(scratch) / "difference.duckdb"),
            config={"memory_limit": _MEMORY_LIMIT, "temp_directory": scratch},
        )
        try:
            connection.execute("set enable_progress_bar = false; set preserve_insertion_order = false")
            columns = ", ".join(f"{name} varchar" for name in COLUMNS)
            connection.execute(f"create table difference (sheet_no integer, place integer, {columns})")
            for number, sheet in enumerate(form.sheets.values()):
                rows = {
                    name: rows_of(connection, book, form, sheet, Path(scratch) / f"{name}.parquet")
                    for name, book in books.items()
                }
                if rows["old"] and rows["new"]:
                    _compare_sheet(connection, sheet, number, {"old": rows["old"], "new": rows["new"]})
            yield connection
        finally:
            connection.close()


def _compare_sheet(
    connection: duckdb.DuckDBPyConnection, sheet: Sheet, number: int, rows: Mapping[str, Path]
) -> None:
    fields = {name: _create_rows(connection, name, path) for name, path in rows.items()}
    for name, other in (("old", "new"), ("new", "old")):
        _create_keys(connection, name, other, sheet, fields[name])
    connection.execute(_RECORDS)
    whole = scalar(connection, "select count(*) from record") > WHOLE_RECORDS
    if whole:
        connection.execute(
            f"insert into difference select {number}, 0, {quoted(sheet.name)}, key, '', '', '', change from record"
        )
    for name in rows:
        connection.execute(
            f"create or replace table {name}_rows as select key, {name}.* from {name}"
            f" inner join {name}_keys using (row_no) {'anti join record using (key)' if whole else ''}"
        )
    parts = max(scalar(connection, f"select count(*) from {name}_rows") for name in rows) // _ROWS_AT_ONCE + 1
    for part in range(parts):
        for name in rows:
            connection.execute(_cells_sql(name, fields[name], f"hash(key) % {parts} = {part}"))
        _compare_cells(connection, sheet, number)


def _create_rows(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> list[str]:
    """View `<name>` of the rows, table `<name>_digest` (row_no, digest, copy_no); returns the names of the fields.

    The digest is of the cells alone, wherever the record stands; copies of one record are numbered.
    """
    connection.execute(f"create or replace view {name} as from {sql.parquet(path)}")
    described = connection.execute(f"describe {name}").fetchall()
    fields = [column for column, *_ in described if column != "row_no"]
    # A field that is empty and one that the form has not are the same to a record.
    cells = ", ".join(f"{quoted(f'{field}=')} || {sql.name(field)}" for field in fields)
    connection.execute(
        f"""
        create or replace table {name}_digest as
        select row_no, digest, row_number() over (partition by digest order by row_no) as copy_no
        from (select row_no, md5(concat_ws(chr(31), {cells})) as digest from {name})
        """
    )
    return fields


def _compare_cells(connection: duckdb.DuckDBPyConnection, sheet: Sheet, number: int) -> None:
    """Add what differs between `old_cells` and `new_cells`."""
    fields = ", ".join(f"({quoted(f.name)}, {f.position}, {not f.is_personal})" for f in sheet.fields)
    # A field that this form does not know may have been personal in an earlier one.
    old, new = (
        f"case when coalesce(is_public, false) or {name}_value = '' then {name}_value else {quoted(MASK)} end"
        for name in ("old", "new")
    )
    connection.execute(
        f"""
        insert into difference
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
            {number}, coalesce(fields.position, {len(sheet.fields) + 1}), {quoted(sheet.name)},
            compared.key, compared.field, {old}, {new}, coalesce(record.change, 'changed')
        from compared
        left join (values {fields}) as fields (field, position, is_public) on compared.field = fields.field
        left join record on compared.key = record.key
        """
    )


def _create_keys(
    connection: duckdb.DuckDBPyConnection, name: str, other: str, sheet: Sheet, fields: list[str]
) -> None:
    """Table `<name>_keys` (row_no, key) of the records that the other workbook has not just so."""
    values = [f"coalesce({sql.name(field)}, '')" if field in fields else "''" for field in sheet.key]
    connection.execute(
        f"""
        create or replace table {name}_keys as
        with keyed as (
            select row_no, {" || '|' || ".join(values)} as shown_key
            from {name}
            where row_no in (
                select {name}_digest.row_no from {name}_digest anti join {other}_digest using (digest, copy_no)
            )
        ),
        numbered as (
            select row_no, shown_key, row_number() over (partition by shown_key order by row_no) as copy_no
            from keyed
        )
        select row_no, shown_key || case when copy_no > 1 then ' #' || copy_no else '' end as key
        from numbered
        """
    )


def _cells_sql(name: str, fields: list[str], condition: str) -> str:
    """Creates `<name>_cells` (key, field, value) of part of `<name>_rows`: a line for each cell that is filled."""
    return (
        f"create or replace table {name}_cells as select key, field, value"
        f" from (unpivot (select * from {name}_rows where {condition})"
        f" on {', '.join(map(sql.name, fields))} into name field value value)"
    )
