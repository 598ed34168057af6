"""What a new version of a statistical file changes: values by table, row and column, and lines of the document."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
from python_calamine import CalamineWorkbook

from reports.documents.builder import lines_of
from reports.submissions.differences import Difference
from reports.submissions.error_list import ERRORS, MASK
from reports.submissions.kept_rows import KeptValue, read_values
from reports.submissions.statistics.figure_form import StatisticsForm

Named = dict[tuple[str, str, str], str]


def differences(old: Path, new: Path, form: StatisticsForm) -> Iterator[Difference]:
    """Between the workbooks and documents of two version folders, in the order of the files.

    The values kept beside them are compared; where one of the folders has none, both are read back.
    """
    kept = [read_values(folder) for folder in (old, new)]
    for path in sorted(new.iterdir()):
        if path.name == ERRORS or not (old / path.name).is_file():
            continue
        if path.suffix == ".xlsx":
            yield from _of_cells(*_both(kept, path.name, _cells, (old, new)), _masked(form))
        elif path.suffix == ".docx":
            yield from _of_lines(path.stem, *_both(kept, path.name, _lines, (old, new)))


def _both(
    kept: list[list[KeptValue] | None],
    name: str,
    read_back: Callable[[Path], list[KeptValue]],
    folders: tuple[Path, Path],
) -> tuple[list[KeptValue], list[KeptValue]]:
    """The values of one file in both versions."""
    old, new = kept
    if old is None or new is None:
        return read_back(folders[0] / name), read_back(folders[1] / name)
    return [value for value in old if value.file == name], [value for value in new if value.file == name]


def _masked(form: StatisticsForm) -> frozenset[str]:
    return frozenset(field.label for field in form.registration if field.is_personal)


def _of_cells(old: list[KeptValue], new: list[KeptValue], masked: frozenset[str]) -> Iterator[Difference]:
    shown: list[Named] = [
        {(one.sheet, one.key, one.field): one.value for one in values} for values in (old, new)
    ]
    earlier, later = shown
    for place in dict.fromkeys([*later, *earlier]):
        before, after = earlier.get(place, ""), later.get(place, "")
        if before != after:
            change = "added" if place not in earlier else "removed" if place not in later else "changed"
            sheet, row, column = place
            if row.partition("|")[2] in masked:
                before, after = (MASK if value else "" for value in (before, after))
            yield Difference(sheet, row, column, before, after, change)


def _cells(path: Path) -> list[KeptValue]:
    """What a workbook shows, read back: a table is a caption, a heading and rows."""
    cells = []
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
                        cells.append(KeptValue(path.name, sheet, f"{caption}|{row[0]}", column, value))
    return cells


def _of_lines(name: str, earlier: list[KeptValue], later: list[KeptValue]) -> Iterator[Difference]:
    old, new = ([line.value for line in lines] for lines in (earlier, later))
    for kind, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for place in range(max(j - i, m - k)):
            before = old[i + place] if i + place < j else ""
            after = new[k + place] if k + place < m else ""
            change = "changed" if before and after else "added" if after else "removed"
            number = (k + place if after else i + place) + 1
            yield Difference(name, f"第{number}行", "", before, after, change)


def _lines(path: Path) -> list[KeptValue]:
    """What a document says, read back."""
    return document_values(path.name, lines_of(docx.Document(str(path))))


def document_values(name: str, lines: list[str]) -> list[KeptValue]:
    """The lines of a document as they are kept."""
    return [KeptValue(name, Path(name).stem, "", "", line) for line in lines]


def _shown(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
