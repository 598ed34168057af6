"""The records of a sheet as one Parquet file: kept beside the workbook, or read back from one of before they were kept.

row_no (1 = first record) and a text per field. Reading back goes without a loop over rows: a sheet's XML is copied out
of the workbook with one row per line, and DuckDB takes it apart.
"""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path

import duckdb

from ingestion.sql import name
from ingestion.sql import text as quoted
from reports.submissions.kept_rows import copy_rows, sheet_rows_file
from reports.submissions.records.sheet_form import Form, Sheet
from reports.submissions.records.streamed_rows import CELL_CHARACTERS

_CHUNK = 1 << 20
_LONGEST_ROW = 8_000_000
_SHEET = re.compile(r'<sheet name="([^"]*)" sheetId="([0-9]+)"')
# The cells as streamed_rows and XlsxWriter's constant memory write them.
_CELL = r'<c r="([A-Z]+)[0-9]+" s="[0-9]+" t="inlineStr"><is><t[^>]*>([^<]*)</t></is></c>'


def keep_rows(connection: duckdb.DuckDBPyConnection, sheet: Sheet, folder: Path) -> None:
    """Write the rows of `sheet_<code>` as the workbook's cells show them."""
    cells = ", ".join(
        f'left(cell."{field.name}", {CELL_CHARACTERS}) as "{field.name}"' for field in sheet.fields
    )
    copy_rows(
        connection,
        f"select row_no, {cells} from sheet_{sheet.code} order by row_no",
        folder / sheet_rows_file(sheet.code),
    )


def rows_of(
    connection: duckdb.DuckDBPyConnection, workbook: Path, form: Form, sheet: Sheet, scratch: Path
) -> Path | None:
    """The rows of a workbook's sheet: those kept beside it, else read back into `scratch`; None without the sheet."""
    kept = workbook.with_name(sheet_rows_file(sheet.code))
    if kept.is_file():
        return kept
    lines = scratch.with_suffix(".xml")
    if not unpack_sheet(workbook, sheet.name, lines):
        return None
    _read_back(connection, lines, form.first_data_row, scratch)
    return scratch


def unpack_sheet(workbook: Path, sheet_name: str, target: Path) -> bool:
    """Copy a sheet's XML to `target`, one row per line; False when the workbook has no such sheet."""
    with zipfile.ZipFile(workbook) as archive:
        sheets = _SHEET.findall(archive.read("xl/workbook.xml").decode("utf-8"))
        part = {html.unescape(title): number for title, number in sheets}.get(sheet_name)
        if part is None:
            return False
        with archive.open(f"xl/worksheets/sheet{part}.xml") as source, target.open("wb") as out:
            left = b""
            while chunk := source.read(_CHUNK):
                # A mark may stand across two chunks: the last row's end is looked for with the next one.
                whole, mark, left = (left + chunk.replace(b"\n", b" ")).rpartition(b"</row>")
                out.write((whole + mark).replace(b"</row>", b"</row>\n"))
            out.write(left)
    return True


def _read_back(connection: duckdb.DuckDBPyConnection, lines: Path, first_row: int, target: Path) -> None:
    cell = quoted(_CELL)
    value = _unescaped(f"regexp_extract(c, {cell}, 2)")
    cells = (
        f"map_from_entries(list_transform(regexp_extract_all(xml, {cell}),"
        f" lambda c: struct_pack(k := regexp_extract(c, {cell}, 1), v := {value})))"
    )
    fields = ", ".join(
        f"cells[{quoted(column)}] as {name(field)}" for column, field in _heading(lines).items()
    )
    copy_rows(
        connection,
        f"""
        select row_no - {first_row - 1} as row_no, {fields}
        from (
            select cast(regexp_extract(xml, '<row r="([0-9]+)"', 1) as bigint) as row_no, {cells} as cells
            from read_csv({quoted(str(lines))}, columns = {{'xml': 'varchar'}}, header = false, auto_detect = false,
                delim = '\x01', quote = '', escape = '', max_line_size = {_LONGEST_ROW}, buffer_size = {2 * _LONGEST_ROW})
            where xml like '%<row r="%'
        )
        where row_no >= {first_row}
        """,
        target,
    )


def _heading(lines: Path) -> dict[str, str]:
    """Column letter -> field, from the first row of an unpacked sheet; column A names the sheet, B the row."""
    with lines.open(encoding="utf-8") as file:
        found = re.findall(_CELL, file.readline())
    return {column: html.unescape(field) for column, field in found if column not in ("A", "B")}


def _unescaped(text: str) -> str:
    for escaped, plain in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = f"replace({text}, '{escaped}', '{plain}')"
    return f"regexp_replace({text}, '_x005F(_x[0-9A-Fa-f]{{4}}_)', '\\1', 'g')"
