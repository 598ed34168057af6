"""The records of a workbook that this package wrote, back in DuckDB, without a loop over rows.

A sheet's XML is copied out of the workbook with one row per line; DuckDB takes it apart. Only rows that are
asked for are taken apart to their cells: comparing two months of a hundred thousand certificates needs few.
"""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path

import duckdb

from ingestion.sql import text as quoted

_CHUNK = 1 << 20
_LONGEST_ROW = 8_000_000
_SHEET = re.compile(r'<sheet name="([^"]*)" sheetId="([0-9]+)"')
# The cells as streamed_rows and XlsxWriter's constant memory write them.
_CELL = r'<c r="([A-Z]+)[0-9]+" s="[0-9]+" t="inlineStr"><is><t[^>]*>([^<]*)</t></is></c>'


def unpack_sheet(workbook: Path, sheet_name: str, target: Path) -> bool:
    """Copy a sheet's XML to `target`, one row per line; False when the workbook has no such sheet."""
    with zipfile.ZipFile(workbook) as archive:
        names = _SHEET.findall(archive.read("xl/workbook.xml").decode("utf-8"))
        part = {html.unescape(name): number for name, number in names}.get(sheet_name)
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


def create_rows(connection: duckdb.DuckDBPyConnection, name: str, lines: Path, first_row: int) -> None:
    """View `<name>` (row_no, xml) of the rows, table `<name>_digest` (row_no, digest, copy_no).

    The digest is of the cells alone, wherever the record stands; copies of one record are numbered.
    """
    connection.execute(
        f"""
        create or replace view {name} as
        select cast(regexp_extract(xml, '<row r="([0-9]+)"', 1) as bigint) as row_no, xml
        from read_csv({quoted(str(lines))}, columns = {{'xml': 'varchar'}}, header = false, auto_detect = false,
            delim = '\x01', quote = '', escape = '', max_line_size = {_LONGEST_ROW}, buffer_size = {2 * _LONGEST_ROW})
        where xml like '%<row r="%'
        """
    )
    connection.execute(
        f"""
        create or replace table {name}_digest as
        select row_no, digest, row_number() over (partition by digest order by row_no) as copy_no
        from (
            select
                row_no,
                md5(regexp_replace(substr(xml, instr(xml, '>')), '<c r="([A-Z]+)[0-9]+"', '\\1', 'g')) as digest
            from {name}
            where row_no >= {first_row}
        )
        """
    )


def heading(lines: Path) -> dict[str, str]:
    """Column letter -> field, from the first row of an unpacked sheet."""
    with lines.open(encoding="utf-8") as file:
        return {column: html.unescape(name) for column, name in re.findall(_CELL, file.readline())}


def value_sql(column_name: str) -> str:
    """The text of one cell of a row's `xml`; empty where there is none."""
    cell = _CELL.replace("([A-Z]+)", column_name)
    return _unescaped(f"regexp_extract(xml, {quoted(cell)}, 1)")


def cells_sql(relation: str, condition: str) -> str:
    """SELECT key, column_name, value: the cells of a relation's rows (key, xml) where the condition is true."""
    cell = quoted(_CELL)
    return (
        f"select key, regexp_extract(cell, {cell}, 1) as column_name,"
        f" {_unescaped(f'regexp_extract(cell, {cell}, 2)')} as value"
        f" from (select key, unnest(regexp_extract_all(xml, {cell})) as cell from {relation} where {condition})"
    )


def _unescaped(text: str) -> str:
    for escaped, plain in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = f"replace({text}, '{escaped}', '{plain}')"
    return f"regexp_replace({text}, '_x005F(_x[0-9A-Fa-f]{{4}}_)', '\\1', 'g')"
