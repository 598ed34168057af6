"""Reading a written workbook back, as an independent program sees it."""

from __future__ import annotations

from pathlib import Path

from python_calamine import CalamineWorkbook

FIRST_DATA_ROW = 8
FIRST_DATA_COLUMN = 3


def records(workbook: Path, sheet: str) -> list[dict[str, str]]:
    """The records of one sheet of the form, by field name; values as the cells hold them."""
    rows = CalamineWorkbook.from_path(str(workbook)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    names = [str(name) for name in rows[0][FIRST_DATA_COLUMN - 1 :]]
    found = []
    for row in rows[FIRST_DATA_ROW - 1 :]:
        values = row[FIRST_DATA_COLUMN - 1 :]
        assert all(isinstance(value, str) for value in values), "a cell is not text"
        if any(values):
            found.append(dict(zip(names, map(str, values), strict=True)))
    return found


def table(workbook: Path, sheet: str) -> list[dict[str, str]]:
    """A plain table with its headings in the first row."""
    rows = CalamineWorkbook.from_path(str(workbook)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    names = [str(name) for name in rows[0]]
    return [dict(zip(names, map(str, row), strict=True)) for row in rows[1:]]
