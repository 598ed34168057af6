"""xlsx and xlsm, straight from the XML of their parts, each streamed once.

A library that gives values only cannot tell an empty cell from an error, a formula that was never calculated
or a merged one, and lays a sheet out in memory as wide and high as its last cell.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath

from ingestion.bounded import formats, limits
from ingestion.bounded.archive import Archive
from ingestion.bounded.book import Sheet, Visibility
from ingestion.bounded.cells import Range, SheetCells
from ingestion.bounded.faults import SAVE_AGAIN, SAVE_AGAIN_ZH, Unreadable
from ingestion.bounded.xml import Stop, attribute, stream

_MERGE = re.compile(
    rb"mergeCell\b[^>]*?\bref\s*=\s*[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})[\"']"
)
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_VISIBILITY: dict[str, Visibility] = {"hidden": "hidden", "veryHidden": "very_hidden"}
_TRUE = ("1", "true")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_MERGED = 200_000


class Xlsx:
    def __init__(self, path: Path) -> None:
        self._archive = Archive(path)
        self._main = self._main_part()
        self.from_1904 = False
        #: whether the program that wrote it left all calculating to whoever opens it
        self._uncalculated = False
        self.sheets: list[Sheet] = []
        self._parts: dict[str, str] = {}
        self._read_workbook()
        self._strings: list[str] | None = None
        self._formats: list[str] | None = None

    def close(self) -> None:
        self._archive.close()

    def merged(self, sheet: str) -> list[Range]:
        ranges: list[Range] = []
        rest = b""
        for chunk in self._archive.chunks(self._part(sheet)):
            text = rest + chunk
            last = 0
            for found in _MERGE.finditer(text):
                left, top, right, bottom = found.groups()
                ranges.append((int(top), int(bottom), position(left.decode()), position(right.decode())))
                last = found.end()
                if len(ranges) > _MOST_MERGED:
                    raise Unreadable(
                        f"the sheet {sheet} has too many merged cells. {SAVE_AGAIN}",
                        f"工作表“{sheet}”的合并单元格过多。{SAVE_AGAIN_ZH}",
                    )
            rest = text[max(last, len(text) - 200) :]
        return ranges

    def read(self, sheet: str, cells: SheetCells) -> None:
        part = self._part(sheet)
        if self._strings is None:
            self._strings = list(self._shared_strings())
        if self._formats is None:
            self._formats = self._cell_formats()
        reader = _SheetReader(cells, self._strings, self._formats, self.from_1904, self._uncalculated)
        stream(self._archive.chunks(part), reader.start, reader.end, reader.text)

    def _part(self, sheet: str) -> str:
        if sheet not in self._parts:
            raise Unreadable(
                f"its sheet {sheet} has no content: the workbook is damaged. {SAVE_AGAIN}",
                f"工作表“{sheet}”没有内容，工作簿已损坏。{SAVE_AGAIN_ZH}",
            )
        return self._parts[sheet]

    def _main_part(self) -> str:
        """Where the workbook itself is: by the archive's own relations, else where it always is."""
        found = "xl/workbook.xml"
        for kind, target in self._relations("_rels/.rels", "").values():
            if kind.endswith("/officeDocument"):
                found = target
        return found

    def _relations(self, part: str, base: str) -> dict[str, tuple[str, str]]:
        """id -> (kind, part) of a relations part."""
        relations: dict[str, tuple[str, str]] = {}

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "Relationship" and attribute(attributes, "TargetMode") != "External":
                target = attribute(attributes, "Target")
                place = target.lstrip("/") if target.startswith("/") else normpath(join(base, target))
                relations[attribute(attributes, "Id")] = (attribute(attributes, "Type"), place)

        content = self._archive.read(part)
        if content:
            stream([content], start)
        return relations

    def _read_workbook(self) -> None:
        base, _, name = self._main.rpartition("/")
        relations = self._relations(f"{base}/_rels/{name}.rels".lstrip("/"), base)
        self._related = {kind.rpartition("/")[2]: part for kind, part in relations.values()}

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "workbookPr":
                self.from_1904 = attribute(attributes, "date1904") in _TRUE
            elif name == "calcPr":
                self._uncalculated = attribute(attributes, "fullCalcOnLoad") in _TRUE
            elif name == "sheet":
                kind, part = relations.get(attributes.get("r:id") or _relation(attributes), ("", ""))
                sheet = attribute(attributes, "name")
                grid = kind.endswith("/worksheet") or (not kind and len(part) > 0)
                if grid:
                    self._parts[sheet] = part
                self.sheets.append(
                    Sheet(sheet, _VISIBILITY.get(attribute(attributes, "state"), "visible"), grid or not kind)
                )

        stream(self._archive.chunks(self._main), start)

    def _shared_strings(self) -> Iterator[str]:
        part = self._related.get("sharedStrings", "xl/sharedStrings.xml")
        if part not in self._archive:
            return
        strings: list[str] = []
        pieces: list[str] = []
        state = {"inside": False, "phonetic": 0, "size": 0}

        def start(name: str, _: dict[str, str]) -> None:
            if name == "si":
                pieces.clear()
                state["size"] = 0
            elif name == "rPh":
                state["phonetic"] += 1
            elif name == "t":
                state["inside"] = not state["phonetic"]

        def end(name: str) -> None:
            if name == "t":
                state["inside"] = False
            elif name == "rPh":
                state["phonetic"] -= 1
            elif name == "si":
                strings.append(_unescaped("".join(pieces)))

        def text(data: str) -> None:
            if state["inside"] and state["size"] <= limits.CELL_CHARACTERS:
                state["size"] += len(data)
                pieces.append(data)

        stream(self._archive.chunks(part), start, end, text)
        yield from strings

    def _cell_formats(self) -> list[str]:
        """The number format of each cell style, by its number."""
        part = self._related.get("styles", "xl/styles.xml")
        own: dict[int, str] = {}
        styles: list[str] = []
        state = {"cells": False}
        if part not in self._archive:
            return []

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "numFmt":
                own[_int(attribute(attributes, "numFmtId"))] = attribute(attributes, "formatCode")
            elif name == "cellXfs":
                state["cells"] = True
            elif name == "xf" and state["cells"]:
                number = _int(attribute(attributes, "numFmtId"))
                styles.append(own.get(number) or formats.BUILT_IN.get(number, "General"))

        def end(name: str) -> None:
            if name == "cellXfs":
                state["cells"] = False

        stream(self._archive.chunks(part), start, end)
        return styles


class _SheetReader:
    """The handlers of one sheet."""

    def __init__(
        self, cells: SheetCells, strings: list[str], styles: list[str], from_1904: bool, uncalculated: bool
    ) -> None:
        self._cells, self._strings, self._styles = cells, strings, styles
        self._from_1904, self._uncalculated = from_1904, uncalculated
        self._line, self._row = 0, dict[int, str]()
        self._position, self._kind, self._style = -1, "n", 0
        self._pieces: list[str] = []
        self._formula: str | None = None
        self._value: str | None = None
        self._inside = ""
        self._phonetic = 0
        self._size = 0
        #: cells that formulas of several cells fill, where nobody calculated them
        self._arrays: list[Range] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            reference = _REFERENCE.fullmatch(attributes.get("r", ""))
            self._position = position(reference.group(1)) if reference else self._position + 1
            self._kind = attributes.get("t", "n")
            self._style = _int(attributes.get("s", "0"))
            self._formula = self._value = None
        elif name in ("v", "t"):
            if not self._phonetic:
                self._inside, self._size = name, 0
                self._pieces = []
        elif name == "f":
            self._inside, self._size, self._pieces = "f", 0, []
            if self._uncalculated and attributes.get("t") == "array":
                self._arrays.append(_extent(attributes.get("ref", "")))
        elif name == "row":
            line = _int(attributes.get("r", ""), self._line + 1)
            if line <= self._line:
                raise Unreadable(
                    f"its rows do not stand in order (row {line}): it is damaged. {SAVE_AGAIN}",
                    f"各行次序混乱（第{line}行），工作簿已损坏。{SAVE_AGAIN_ZH}",
                )
            self._line, self._row, self._position = line, {}, -1
        elif name == "rPh":
            self._phonetic += 1

    def text(self, data: str) -> None:
        if self._inside:
            self._size += len(data)
            if self._size <= limits.CELL_CHARACTERS:
                self._pieces.append(data)
            elif not self._pieces:
                self._pieces.append(data[:200])

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            if self._inside == name:
                text = "".join(self._pieces)
                self._value = text if name == "v" else (self._value or "") + _unescaped(text)
                if self._size > limits.CELL_CHARACTERS:
                    self._kind, self._value = "too_long", text[:200]
            self._inside = ""
        elif name == "f":
            self._formula = "".join(self._pieces)
            self._inside = ""
        elif name == "c":
            text_of_cell = self._text_of_cell()
            if text_of_cell:
                self._row[self._position] = text_of_cell
        elif name == "row":
            self._cells.add(self._line, self._row)
            if self._cells.done:
                raise Stop
        elif name == "rPh":
            self._phonetic -= 1

    def _text_of_cell(self) -> str | None:
        value, kind, mark = self._value, self._kind, self._cells.mark
        if kind == "too_long":
            return mark(self._position, "too_long", value or "")
        if kind == "e":
            return mark(self._position, "error_value", value or "#")
        if value is None or (value == "" and kind != "str"):
            if self._formula is not None:
                return mark(self._position, "formula_without_value", f"={self._formula}")
            return None
        if self._uncalculated and value in ("0", "") and kind in ("n", "str"):
            if self._formula is None and self._in_array():
                return mark(self._position, "formula_without_value", "=")
            if self._formula is not None and (kind == "n") == (value == "0"):
                return mark(self._position, "formula_without_value", f"={self._formula}")
        if kind == "s":
            index = _int(value, -1)
            if not 0 <= index < len(self._strings):
                raise Unreadable(
                    f"row {self._line} refers to a text that is missing: it is damaged. {SAVE_AGAIN}",
                    f"第{self._line}行引用的文本不存在，工作簿已损坏。{SAVE_AGAIN_ZH}",
                )
            text = self._strings[index]
            if len(text) > limits.CELL_CHARACTERS:
                return mark(self._position, "too_long", text)
            return text
        if kind in ("str", "inlineStr", "d"):
            return _unescaped(value) if kind == "str" else value
        if kind == "b":
            return "true" if value.strip() in _TRUE else "false"
        return self._number(value.strip())

    def _in_array(self) -> bool:
        return any(
            top <= self._line <= bottom and left <= self._position <= right
            for top, bottom, left, right in self._arrays
        )

    def _number(self, value: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        code = self._styles[self._style] if 0 <= self._style < len(self._styles) else "General"
        return formats.shown(number, code, self._from_1904)


def _extent(reference: str) -> Range:
    """The range that a reference such as A1:B2 names; an empty one for what is none."""
    corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    if not all(corners):
        return 0, -1, 0, -1
    first, last = corners[0], corners[-1]
    assert first is not None and last is not None
    return int(first.group(2)), int(last.group(2)), position(first.group(1)), position(last.group(1))


def position(letters: str) -> int:
    """A column's position from 0: A is 0, AA is 26."""
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found - 1


def _relation(attributes: dict[str, str]) -> str:
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold are written _x000D_."""
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text) if "_x" in text else text


def _int(text: str, otherwise: int = 0) -> int:
    try:
        return int(text)
    except ValueError:
        return otherwise
