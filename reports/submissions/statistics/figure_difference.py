"""What a new version of a statistical file changes: values by table, row and column, and lines of the document."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.table import Table
from python_calamine import CalamineWorkbook

from reports.submissions.differences import Difference
from reports.submissions.error_list import MASK
from reports.submissions.statistics.figure_form import StatisticsForm

Named = dict[tuple[str, str, str], str]


def differences(old: Path, new: Path, form: StatisticsForm) -> Iterator[Difference]:
    """Between the workbooks and documents of two version folders, in the order of the files."""
    for path in sorted(new.iterdir()):
        if path.name == "errors.xlsx" or not (old / path.name).is_file():
            continue
        if path.suffix == ".xlsx":
            yield from _of_cells(_cells(old / path.name), _cells(path), _masked(form))
        elif path.suffix == ".docx":
            yield from _of_lines(path.stem, _lines(old / path.name), _lines(path))


def _masked(form: StatisticsForm) -> frozenset[str]:
    return frozenset(field.label for field in form.registration if field.is_personal)


def _of_cells(old: Named, new: Named, masked: frozenset[str]) -> Iterator[Difference]:
    for place in dict.fromkeys([*new, *old]):
        before, after = old.get(place, ""), new.get(place, "")
        if before != after:
            change = "added" if place not in old else "removed" if place not in new else "changed"
            sheet, row, column = place
            if row.partition("|")[2] in masked:
                before, after = (MASK if value else "" for value in (before, after))
            yield Difference(sheet, row, column, before, after, change)


def _cells(path: Path) -> Named:
    """(sheet, table|row, column) -> what the cell shows: a table is a caption, a heading and rows."""
    cells: Named = {}
    book = CalamineWorkbook.from_path(str(path))
    for sheet in book.sheet_names:
        caption, heading = "", list[str]()
        for values in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False):
            row = [_shown(value) for value in values]
            filled = [value for value in row if value]
            if len(filled) < 2:
                caption, heading = (filled or [caption])[0], []
            elif not heading:
                heading = row
            else:
                for column, value in zip(heading[1:], row[1:], strict=True):
                    if column:
                        cells[sheet, f"{caption}|{row[0]}", column] = value
    return cells


def _of_lines(name: str, old: list[str], new: list[str]) -> Iterator[Difference]:
    for kind, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for place in range(max(j - i, m - k)):
            before = old[i + place] if i + place < j else ""
            after = new[k + place] if k + place < m else ""
            change = "changed" if before and after else "added" if after else "removed"
            number = (k + place if after else i + place) + 1
            yield Difference(name, f"第{number}行", "", before, after, change)


def _lines(path: Path) -> list[str]:
    """Paragraphs and table rows, top down."""
    lines = []
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            lines += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        elif block.text.strip():
            lines.append(block.text)
    return lines


def _shown(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
