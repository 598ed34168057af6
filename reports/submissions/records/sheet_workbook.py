"""The regulator's workbook: headings as the form lays them out, then the rows, all as text.

Text cells can be no formula, link or number.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from reports.submissions.records.sheet_form import Field, Form, Sheet
from reports.submissions.records.streamed_rows import StreamedRows, fill
from reports.submissions.workbooks import open_workbook

# Points; the label and the filling rule take several lines.
_HEADING_HEIGHTS = {0: 18, 1: 34, 2: 18, 3: 18, 4: 128, 5: 18, 6: 18}


def write_form(connection: duckdb.DuckDBPyConnection, form: Form, rows: dict[str, int], path: Path) -> None:
    """Write the sheets of one workbook; `rows` = records per sheet code, in sheet order.

    Raises ValueError where a sheet cannot hold its rows.
    """
    template = path.with_name(f"{path.name}.template")
    with open_workbook(template, form.title) as workbook:
        heading = workbook.add_format(
            {"num_format": "@", "bold": True, "text_wrap": True, "valign": "top", "border": 1}
        )
        text = workbook.add_format({"num_format": "@"})
        for code in rows:
            sheet = form.sheets[code]
            _write_headings(workbook.add_worksheet(sheet.name), form, sheet, heading, text)
    first_row, first_column = data_place(form)
    streamed = [
        StreamedRows(
            part=part,
            first_row=first_row + 1,
            first_column=first_column,
            relation=f"sheet_{code}",
            columns=tuple(f'cell."{field.name}"' for field in form.sheets[code].fields),
            rows=rows[code],
        )
        for part, code in enumerate(rows, start=1)
    ]
    fill(connection, template, path, streamed)
    template.unlink()


def data_place(form: Form) -> tuple[int, int]:
    """Row and column, from 0, of the first field of the first record."""
    row, column = xl_cell_to_rowcol(f"{form.first_data_column}{form.first_data_row}")
    return row, column


def column_name(form: Form, position: int) -> str:
    """Letter of the column in which the position-th field stands."""
    return str(xl_col_to_name(data_place(form)[1] + position - 1))


def _write_headings(worksheet: Worksheet, form: Form, sheet: Sheet, heading: Format, text: Format) -> None:
    first_row, first_column = data_place(form)
    worksheet.set_column(0, 0, 34)
    worksheet.set_column(1, 1, 16)
    for row, height in _HEADING_HEIGHTS.items():
        worksheet.set_row(row, height)
    for offset, field in enumerate(sheet.fields):
        worksheet.set_column(first_column + offset, first_column + offset, _width(field), text)
    # Column A names the sheet; rows must be written top down.
    names = {0: sheet.code, 1: form.title, 4: sheet.name}
    for row, row_name in enumerate(form.row_names):
        if row in names:
            worksheet.write_string(row, 0, names[row], heading)
        worksheet.write_string(row, 1, row_name, heading)
        for offset, field in enumerate(sheet.fields):
            if field.printed[row]:
                worksheet.write_string(row, first_column + offset, field.printed[row], heading)
            else:
                worksheet.write_blank(row, first_column + offset, None, heading)
    worksheet.write_string(first_row, 0, form.data_hint, text)
    worksheet.freeze_panes(first_row, first_column)


def _width(field: Field) -> int:
    """Wide enough to read the heading and most values."""
    widest = 40 if (field.max_length or 0) >= 300 else 20
    return min(widest, max(12, 2 * len(field.label)))
