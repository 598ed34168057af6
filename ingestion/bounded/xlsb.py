"""xlsb: the records of its binary parts (MS-XLSB), each part streamed once: values, formats, merged and error cells,
formulas that nobody calculated, hidden sheets, days from 1904.

A library that gives values only shows an error, a formula without a value and a merged cell as an empty one.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath

from ingestion.bounded import formats, limits
from ingestion.bounded.archive import Archive
from ingestion.bounded.book import Sheet, Visibility
from ingestion.bounded.cells import Range, SheetCells
from ingestion.bounded.faults import SAVE_AGAIN, SAVE_AGAIN_ZH, Unreadable, damaged_workbook
from ingestion.bounded.xml import attribute, stream

_WORKBOOK = "xl/workbook.bin"
_VISIBILITY: tuple[Visibility, ...] = ("visible", "hidden", "very_hidden")
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip

#: Kinds of records.
_ROW, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED, _RICH = 0, 2, 3, 4, 5, 6, 7, 62
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR = 8, 9, 10, 11
_NUMBERS, _BOOLS, _ERROR_CELLS = (
    (_RK, _REAL, _FORMULA_NUMBER),
    (_BOOL, _FORMULA_BOOL),
    (_ERROR, _FORMULA_ERROR),
)
_CELLS = frozenset((*_NUMBERS, *_BOOLS, *_ERROR_CELLS, _TEXT, _SHARED, _RICH, _FORMULA_TEXT))
_STRING, _FORMAT, _CELL_STYLE, _WORKBOOK_SETTINGS, _BUNDLED_SHEET, _CALCULATION, _MERGED = (
    19,
    44,
    47,
    153,
    156,
    157,
    176,
)
_CELL_STYLES, _CELL_STYLES_END = 617, 618

_LARGEST_RECORD = 64 * 1024**2
_MOST_MERGED = 200_000


class Xlsb:
    def __init__(self, path: Path) -> None:
        self._archive = Archive(path)
        self.from_1904 = False
        self._uncalculated = False
        self.sheets: list[Sheet] = []
        self._parts: dict[str, str] = {}
        relations = self._relations()
        self._related = {kind.rpartition("/")[2]: part for kind, part in relations.values()}
        self._read_workbook(relations)
        self._strings: list[str] | None = None
        self._formats: list[str] | None = None

    def close(self) -> None:
        self._archive.close()

    def merged(self, sheet: str) -> list[Range]:
        ranges: list[Range] = []
        for kind, content in self._records(self._part(sheet)):
            if kind == _MERGED:
                top, bottom, left, right = struct.unpack_from("<IIII", content)
                ranges.append((top + 1, bottom + 1, left, right))
                if len(ranges) > _MOST_MERGED:
                    raise Unreadable(
                        f"the sheet {sheet} has too many merged cells. {SAVE_AGAIN}",
                        f"工作表“{sheet}”的合并单元格过多。{SAVE_AGAIN_ZH}",
                    )
        return ranges

    def read(self, sheet: str, cells: SheetCells) -> None:
        if self._strings is None:
            shared = self._related.get("sharedStrings", "xl/sharedStrings.bin")
            self._strings = [
                _wide(content, 1)[0] for kind, content in self._optional(shared) if kind == _STRING
            ]
        if self._formats is None:
            self._formats = self._cell_formats()
        line, row = 0, dict[int, str]()
        for kind, content in self._records(self._part(sheet)):
            if kind == _ROW:
                cells.add(line, row)
                if cells.done:
                    return
                before, line = line, struct.unpack_from("<I", content)[0] + 1
                row = {}
                if line <= before:
                    raise damaged_workbook()
            elif kind in _CELLS:
                position, style = struct.unpack_from("<II", content)
                text = self._text(kind, content, position, style & 0xFFFFFF, cells)
                if text:
                    row[position] = text
        cells.add(line, row)

    def _text(self, kind: int, content: bytes, position: int, style: int, cells: SheetCells) -> str | None:
        if kind in _ERROR_CELLS:
            return cells.mark(position, "error_value", _ERRORS.get(content[8], "#"))
        if kind in _BOOLS:
            return "true" if content[8] else "false"
        if kind in _NUMBERS:
            number = _rk(content) if kind == _RK else struct.unpack_from("<d", content, 8)[0]
            if kind == _FORMULA_NUMBER and self._uncalculated and number == 0:
                return cells.mark(position, "formula_without_value", "=")
            assert self._formats is not None
            code = self._formats[style] if style < len(self._formats) else "General"
            return formats.shown(number, code, self.from_1904)
        if kind == _SHARED:
            assert self._strings is not None
            index = struct.unpack_from("<I", content, 8)[0]
            if index >= len(self._strings):
                raise damaged_workbook()
            text = self._strings[index]
        else:
            text, _ = _wide(content, 9 if kind == _RICH else 8)
        if len(text) > limits.CELL_CHARACTERS:
            return cells.mark(position, "too_long", text)
        if not text and kind == _FORMULA_TEXT and self._uncalculated:
            return cells.mark(position, "formula_without_value", "=")
        return text

    def _read_workbook(self, relations: dict[str, tuple[str, str]]) -> None:
        for kind, content in self._records(_WORKBOOK):
            if kind == _WORKBOOK_SETTINGS:
                self.from_1904 = bool(content[0] & 1)
            elif kind == _CALCULATION and len(content) >= 26:
                self._uncalculated = bool(content[24] & 1)
            elif kind == _BUNDLED_SHEET:
                state = struct.unpack_from("<I", content)[0]
                relation, at = _wide(content, 8)
                name, _ = _wide(content, at)
                of, part = relations.get(relation, ("", ""))
                grid = of.endswith("/worksheet")
                if grid:
                    self._parts[name] = part
                self.sheets.append(Sheet(name, _VISIBILITY[min(state, 2)], grid or not of))

    def _cell_formats(self) -> list[str]:
        own: dict[int, str] = {}
        styles: list[str] = []
        inside = False
        for kind, content in self._optional(self._related.get("styles", "xl/styles.bin")):
            if kind == _FORMAT:
                own[struct.unpack_from("<H", content)[0]] = _wide(content, 2)[0]
            elif kind in (_CELL_STYLES, _CELL_STYLES_END):
                inside = kind == _CELL_STYLES
            elif kind == _CELL_STYLE and inside:
                number = struct.unpack_from("<H", content, 2)[0]
                styles.append(own.get(number) or formats.BUILT_IN.get(number, "General"))
        return styles

    def _relations(self) -> dict[str, tuple[str, str]]:
        """id -> (kind, part)"""
        found: dict[str, tuple[str, str]] = {}

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "Relationship" and attribute(attributes, "TargetMode") != "External":
                target = attribute(attributes, "Target")
                place = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
                found[attribute(attributes, "Id")] = (attribute(attributes, "Type"), place)

        stream(self._archive.chunks("xl/_rels/workbook.bin.rels"), start)
        return found

    def _part(self, sheet: str) -> str:
        if sheet not in self._parts:
            raise damaged_workbook()
        return self._parts[sheet]

    def _optional(self, part: str) -> Iterator[tuple[int, bytes]]:
        return self._records(part) if part in self._archive else iter(())

    def _records(self, part: str) -> Iterator[tuple[int, bytes]]:
        """Kind and content of each record of a part."""
        rest = b""
        for chunk in self._archive.chunks(part):
            data = rest + chunk
            at = 0
            while (head := _head(data, at)) is not None:
                kind, size, start = head
                if size > _LARGEST_RECORD:
                    raise damaged_workbook()
                if start + size > len(data):
                    break
                yield kind, data[start : start + size]
                at = start + size
            rest = data[at:]
        if rest:
            raise damaged_workbook()


def _head(data: bytes, at: int) -> tuple[int, int, int] | None:
    """Kind, size and beginning of the content of the record at `at`; None where it is cut off."""
    if at >= len(data):
        return None
    kind = data[at]
    at += 1
    if kind & 0x80:
        if at >= len(data):
            return None
        kind = kind & 0x7F | (data[at] & 0x7F) << 7
        at += 1
    size = 0
    for shift in range(0, 28, 7):
        if at >= len(data):
            return None
        byte = data[at]
        at += 1
        size |= (byte & 0x7F) << shift
        if not byte & 0x80:
            return kind, size, at
    raise damaged_workbook()


def _wide(content: bytes, at: int) -> tuple[str, int]:
    """A counted text, and where it ends; a text that is not there counts 2**32 - 1."""
    count = struct.unpack_from("<I", content, at)[0]
    at += 4
    if count == 0xFFFFFFFF:
        return "", at
    end = at + 2 * count
    if end > len(content):
        raise damaged_workbook()
    return content[at:end].decode("utf-16-le", errors="replace"), end


def _rk(content: bytes) -> float:
    """A number in four bytes: an integer or the upper half of a binary float, perhaps times a hundred."""
    raw = struct.unpack_from("<I", content, 8)[0]
    if raw & 2:
        number = float(struct.unpack("<i", struct.pack("<I", raw))[0] >> 2)
    else:
        number = struct.unpack("<d", struct.pack("<Q", (raw & 0xFFFFFFFC) << 32))[0]
    return number / 100 if raw & 1 else number
