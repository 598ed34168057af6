"""xlsb and ods, with calamine: values, hidden sheets."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine as calamine

from ingestion.bounded import formats, limits
from ingestion.bounded.book import Sheet, Visibility
from ingestion.bounded.cells import Range, SheetCells
from ingestion.bounded.faults import damaged_workbook, locked

_VISIBILITY: dict[calamine.SheetVisibleEnum, Visibility] = {
    calamine.SheetVisibleEnum.Visible: "visible",
    calamine.SheetVisibleEnum.Hidden: "hidden",
    calamine.SheetVisibleEnum.VeryHidden: "very_hidden",
}
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA", "Err:")


class CalamineBook:
    from_1904 = False

    def __init__(self, path: Path) -> None:
        try:
            self._book = calamine.CalamineWorkbook.from_path(path)
        except calamine.PasswordError as error:
            raise locked() from error
        except (calamine.CalamineError, OSError) as error:
            raise damaged_workbook() from error
        self.sheets = [
            Sheet(one.name, _VISIBILITY[one.visible], one.typ == calamine.SheetTypeEnum.WorkSheet)
            for one in self._book.sheets_metadata
        ]

    def close(self) -> None:
        self._book.close()

    def merged(self, sheet: str) -> list[Range]:
        found = self._book.get_sheet_by_name(sheet).merged_cell_ranges or []
        return [(top + 1, bottom + 1, left, right) for (top, left), (bottom, right) in found]

    def read(self, sheet: str, cells: SheetCells) -> None:
        content = self._book.get_sheet_by_name(sheet)
        _, left = content.start or (0, 0)
        for line, row in enumerate(content.iter_rows(), start=1):
            found = {}
            for position, value in enumerate(row, start=left if len(row) == content.width else 0):
                text = _text(value, position, cells)
                if text:
                    found[position] = text
            cells.add(line, found)
            if cells.done:
                return


def _text(value: Any, position: int, cells: SheetCells) -> str | None:
    match value:
        case "" | None:
            return None
        case bool():
            return "true" if value else "false"
        case str():
            if len(value) > limits.CELL_CHARACTERS:
                return cells.mark(position, "too_long", value)
            return cells.mark(position, "error_value", value) if value.startswith(_ERRORS) else value
        case int() | float():
            return formats.plain_number(value)
        case datetime():
            text = value.replace(microsecond=0).isoformat(sep=" ")
            return text[:10] if text.endswith(" 00:00:00") else text
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return str(value)
