"""The workbook: its tables one under the other on the form's sheets, and where each value stands.

Words are written as text, figures as numbers. The same rows give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from reports.documents.markup import clean
from reports.submissions.kept_rows import KeptValue
from reports.submissions.statistics.figure_form import Sheet
from reports.submissions.statistics.filling import Filled, Row
from reports.submissions.statistics.registration import Registered
from reports.submissions.workbooks import open_workbook

_LABEL_WIDTH, _UNIT_WIDTH = 28, 8
_REGISTRATION_WIDTHS = (28, 60, 44)
# Points. A row's height is told, as not every program works it out from wrapped text.
_LINE_HEIGHT = 16
_REGISTRATION_CAPTION = "基本情况"
_REGISTRATION = ("项目", "内容", "说明")


@dataclass(frozen=True)
class Place:
    """Where something stands: the sheet's name and the cell, e.g. D7."""

    sheet: str
    cell: str


# (table, item or line's label, column's label) -> place; a registration line is ("", field, "").
Places = Mapping[tuple[str, str, str], Place]


@dataclass(frozen=True)
class WrittenTables:
    """Where each value stands, and the values as the cells show them."""

    places: Places
    values: list[KeptValue]


@dataclass(frozen=True)
class _Formats:
    title: Format
    line: Format
    caption: Format
    heading: Format
    text: Format
    number: Format
    total_text: Format
    total_number: Format
    missing: Format


def write_workbook(
    path: Path,
    title: str,
    heading: str,
    sheets: tuple[Sheet, ...],
    filled: Mapping[str, Filled],
    registered: tuple[Registered, ...],
) -> WrittenTables:
    """Write the sheets in order; `heading` says whose file it is and of which period."""
    places: dict[tuple[str, str, str], Place] = {}
    values: list[KeptValue] = []
    with open_workbook(path, title) as workbook:
        formats = _formats(workbook)
        for sheet in sheets:
            worksheet = workbook.add_worksheet(sheet.name)
            _set_up(worksheet, [filled[code] for code in sheet.tables], sheet.has_registration)
            worksheet.write_string(0, 0, f"{title}　{sheet.name}", formats.title)
            worksheet.write_string(1, 0, clean(heading), formats.line)
            row = 3
            if sheet.has_registration:
                row = _write_registration(worksheet, sheet, row, registered, formats, places)
                values += _registered_values(path.name, sheet, registered)
            for code in sheet.tables:
                values += _table_values(path.name, sheet, filled[code])
                row = _write_table(worksheet, sheet, row, code, filled[code], formats, places)
    return WrittenTables(places, values)


def _registered_values(file: str, sheet: Sheet, registered: tuple[Registered, ...]) -> Iterator[KeptValue]:
    _, *columns = _REGISTRATION
    for line in registered:
        for column, value in zip(columns, (_registered(line), line.field.note), strict=True):
            yield KeptValue(file, sheet.name, f"{_REGISTRATION_CAPTION}|{line.field.label}", column, value)


def _registered(line: Registered) -> str:
    """An obligatory line that nobody has said is marked; another may stay empty."""
    return "【请填写】" if line.field.is_required and not line.value else clean(line.value)


def _table_values(file: str, sheet: Sheet, filled: Filled) -> Iterator[KeptValue]:
    for row in filled.rows:
        shown = {"单位": row.unit} if filled.has_units else {}
        for column, value in zip(filled.table.columns, row.values, strict=True):
            shown[column.label] = "—" if value is None else str(_number(value))
        for label, text in shown.items():
            yield KeptValue(file, sheet.name, f"{filled.table.title}|{clean(row.label)}", label, text)


def _write_registration(
    worksheet: Worksheet,
    sheet: Sheet,
    row: int,
    registered: tuple[Registered, ...],
    formats: _Formats,
    places: dict[tuple[str, str, str], Place],
) -> int:
    worksheet.write_string(row, 0, _REGISTRATION_CAPTION, formats.caption)
    row += 1
    for column, label in enumerate(_REGISTRATION):
        worksheet.write_string(row, column, label, formats.heading)
    for line in registered:
        row += 1
        worksheet.write_string(row, 0, line.field.label, formats.text)
        value = _registered(line)
        is_missing = line.field.is_required and not line.value
        worksheet.write_string(row, 1, value, formats.missing if is_missing else formats.text)
        worksheet.write_string(row, 2, line.field.note, formats.text)
        worksheet.set_row(row, _LINE_HEIGHT * _lines(value, _REGISTRATION_WIDTHS[1]))
        places["", line.field.name, ""] = Place(sheet.name, xl_rowcol_to_cell(row, 1))
    return row + 3


def _write_table(
    worksheet: Worksheet,
    sheet: Sheet,
    row: int,
    code: str,
    filled: Filled,
    formats: _Formats,
    places: dict[tuple[str, str, str], Place],
) -> int:
    table = filled.table
    worksheet.write_string(row, 0, table.title, formats.caption)
    units = ["单位"] * filled.has_units
    worksheet.set_row(row + 1, 2 * _LINE_HEIGHT)
    for column, label in enumerate([table.first_label, *units, *(c.label for c in table.columns)]):
        worksheet.write_string(row + 1, column, label, formats.heading)
    row += 2
    for entry in filled.rows:
        text, number = (
            (formats.total_text, formats.total_number) if entry.is_total else (formats.text, formats.number)
        )
        worksheet.set_row(row, _LINE_HEIGHT)
        worksheet.write_string(row, 0, clean(entry.label), text)
        if units:
            worksheet.write_string(row, 1, entry.unit, text)
        for place, (column_of, value) in enumerate(zip(table.columns, entry.values, strict=True)):
            at = 1 + len(units) + place
            if value is None:
                worksheet.write_string(row, at, "—", text)
            else:
                worksheet.write_number(row, at, _number(value), number)
            places[code, row_key(entry), column_of.label] = Place(sheet.name, xl_rowcol_to_cell(row, at))
        row += 1
    if table.note:
        worksheet.write_string(row, 0, table.note, formats.line)
        row += 1
    return row + 1


def row_key(row: Row) -> str:
    """What a row is found by: its item, else its label."""
    return row.item or row.label


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column of that width; a Chinese character is as wide as two others."""
    return max(1, -(-sum(2 if ord(character) > 0x2E7F else 1 for character in text) // width))


def _number(value: Decimal) -> int | float:
    """A whole number stays one; person-days and money have few decimals and are exact as shown."""
    return int(value) if value == value.to_integral_value() else float(value)


def _set_up(worksheet: Worksheet, tables: list[Filled], has_registration: bool) -> None:
    widths = [_LABEL_WIDTH]
    for filled in tables:
        units = [_UNIT_WIDTH] * filled.has_units
        for place, width in enumerate([*units, *(c.width for c in filled.table.columns)], start=1):
            if place == len(widths):
                widths.append(width)
            widths[place] = max(widths[place], width)
    for column, width in enumerate(_REGISTRATION_WIDTHS if has_registration else widths):
        worksheet.set_column(column, column, width)
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_footer("&C第 &P 页，共 &N 页")
    worksheet.freeze_panes(3, 1)


def _formats(workbook: xlsxwriter.Workbook) -> _Formats:
    box = {"border": 1, "valign": "vcenter", "text_wrap": True}
    text = {**box, "num_format": "@"}
    return _Formats(
        title=workbook.add_format({"bold": True, "font_size": 14, "num_format": "@"}),
        line=workbook.add_format({"num_format": "@", "font_color": "#555555"}),
        caption=workbook.add_format({"bold": True, "num_format": "@", "font_size": 12}),
        heading=workbook.add_format({**text, "bold": True, "bg_color": "#E7EBF0", "align": "center"}),
        text=workbook.add_format(text),
        number=workbook.add_format(box),
        total_text=workbook.add_format({**text, "bold": True}),
        total_number=workbook.add_format({**box, "bold": True}),
        missing=workbook.add_format({**text, "bg_color": "#FFFF99"}),
    )
