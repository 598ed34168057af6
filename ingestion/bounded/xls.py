"""xls of 1997 to 2003, with xlrd: values, formats, merged and error cells, hidden sheets, days from 1904."""

import os
from pathlib import Path
from typing import Any

import xlrd

from ingestion.bounded import formats, limits
from ingestion.bounded.book import Sheet, Visibility
from ingestion.bounded.cells import Range, SheetCells
from ingestion.bounded.faults import Unreadable, locked

_VISIBILITY: tuple[Visibility, ...] = ("visible", "hidden", "very_hidden")


class Xls:
    def __init__(self, path: Path) -> None:
        self._silent = Path(os.devnull).open("w")  # noqa: SIM115
        self._formatted = True
        try:
            self._book = self._open(path, formatted=True)
        except Unreadable:
            raise
        except Exception:
            # Its styles may be out of order where its values are not.
            self._formatted = False
            self._book = self._open(path, formatted=False)
        self.from_1904 = self._book.datemode == 1
        self.sheets = [
            Sheet(name, _VISIBILITY[min(visibility, 2)])
            for name, visibility in zip(self._book.sheet_names(), self._book._sheet_visibility, strict=True)
        ]

    def close(self) -> None:
        self._book.release_resources()
        self._silent.close()

    def merged(self, sheet: str) -> list[Range]:
        found = self._book.sheet_by_name(sheet).merged_cells if self._formatted else []
        return [(top + 1, bottom, left, right - 1) for top, bottom, left, right in found]

    def read(self, sheet: str, cells: SheetCells) -> None:
        content = self._book.sheet_by_name(sheet)
        for row in range(content.nrows):
            found = {}
            for position, cell in enumerate(content.row(row)):
                text = self._text(cell, position, cells)
                if text:
                    found[position] = text
            cells.add(row + 1, found)
            if cells.done:
                return

    def _open(self, path: Path, *, formatted: bool) -> xlrd.book.Book:
        try:
            return xlrd.open_workbook(
                str(path), logfile=self._silent, on_demand=True, formatting_info=formatted, ragged_rows=True
            )
        except xlrd.XLRDError as error:
            if "encrypted" in str(error).lower():
                raise locked() from error
            raise

    def _text(self, cell: Any, position: int, cells: SheetCells) -> str | None:
        match cell.ctype:
            case xlrd.XL_CELL_TEXT:
                if len(cell.value) > limits.CELL_CHARACTERS:
                    return cells.mark(position, "too_long", cell.value)
                return str(cell.value)
            case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
                return formats.shown(cell.value, self._format(cell), self.from_1904)
            case xlrd.XL_CELL_BOOLEAN:
                return "true" if cell.value else "false"
            case xlrd.XL_CELL_ERROR:
                return cells.mark(position, "error_value", xlrd.error_text_from_code.get(cell.value, "#ERR"))
            case _:
                return None

    def _format(self, cell: Any) -> str:
        if not self._formatted:
            return "yyyy-mm-dd h:mm" if cell.ctype == xlrd.XL_CELL_DATE else "General"
        try:
            key = self._book.xf_list[cell.xf_index].format_key
            return str(self._book.format_map[key].format_str)
        except (IndexError, KeyError, TypeError):
            return "General"
