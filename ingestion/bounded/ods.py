"""ods, straight from the XML of its content: values, merged and error cells, hidden sheets.

A sheet is written with repeats: "16,384 empty cells, 1,048,576 times". Repeats of nothing cost nothing here.
"""

import re
from pathlib import Path

from ingestion.bounded import formats, limits
from ingestion.bounded.archive import Archive
from ingestion.bounded.book import Sheet
from ingestion.bounded.cells import Range, SheetCells
from ingestion.bounded.faults import SAVE_AGAIN, SAVE_AGAIN_ZH, Unreadable, locked
from ingestion.bounded.xml import Stop, attribute, stream

_CONTENT = "content.xml"
_ERROR = re.compile(r"#N/A|#REF!|#VALUE!|#DIV/0!|#NAME\?|#NULL!|#NUM!|Err:\d+")
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")

#: A row that is repeated with something in it; more often than this it is a filled-down form, not records.
_MOST_REPEATS = 10_000


class Ods:
    def __init__(self, path: Path) -> None:
        self._archive = Archive(path)
        if "encryption-data" in self._archive.read("META-INF/manifest.xml").decode("utf-8", "replace"):
            raise locked()
        self.sheets: list[Sheet] = []
        self.from_1904 = False
        hidden: set[str] = set()
        style = {"name": ""}

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "style":
                style["name"] = attribute(attributes, "name")
            elif name == "null-date":
                self.from_1904 = attribute(attributes, "date-value").startswith("1904")
            elif name == "table-properties" and attribute(attributes, "display") == "false":
                hidden.add(style["name"])
            elif name == "table":
                out_of_sight = attribute(attributes, "style-name") in hidden
                self.sheets.append(
                    Sheet(attribute(attributes, "name"), "hidden" if out_of_sight else "visible")
                )

        stream(self._archive.chunks(_CONTENT), start)

    def close(self) -> None:
        self._archive.close()

    def merged(self, sheet: str) -> list[Range]:
        """None ahead: a merged cell says itself how far it reaches, see _SheetReader."""
        return []

    def read(self, sheet: str, cells: SheetCells) -> None:
        reader = _SheetReader(sheet, cells)
        stream(self._archive.chunks(_CONTENT), reader.start, reader.end, reader.text)


class _SheetReader:
    def __init__(self, sheet: str, cells: SheetCells) -> None:
        self._sheet, self._cells = sheet, cells
        self._inside = False
        self._depth = 0
        self._line, self._repeats = 0, 1
        self._row: dict[int, str] = {}
        self._position = 0
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[str] = []
        self._annotation = 0
        self._size = 0
        #: column -> (last line, text) of merged cells that reach further down
        self._reaching: dict[int, tuple[int, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            self._depth += 1
            self._inside = self._inside or attribute(attributes, "name") == self._sheet
            return
        if not self._inside or self._depth > 1:
            return
        if name == "table-row":
            self._row, self._position = {}, 0
            self._repeats = _count(attribute(attributes, "number-rows-repeated"))
        elif name in ("table-cell", "covered-table-cell"):
            self._cell, self._paragraphs, self._size = attributes, [], 0
        elif name in ("annotation", "shapes"):
            self._annotation += 1
        elif name == "p" and self._cell is not None and not self._annotation:
            self._paragraphs.append("")
        elif name in ("s", "tab", "line-break") and self._paragraphs and not self._annotation:
            self._paragraphs[-1] += (
                "\n" if name == "line-break" else " " * min(_count(attribute(attributes, "c")), 100)
            )

    def text(self, data: str) -> None:
        if self._cell is not None and self._paragraphs and not self._annotation:
            self._size += len(data)
            if self._size <= limits.CELL_CHARACTERS:
                self._paragraphs[-1] += data

    def end(self, name: str) -> None:
        if name == "table":
            self._depth -= 1
            if self._inside and self._depth == 0:
                raise Stop
            return
        if not self._inside or self._depth > 1:
            return
        if name in ("annotation", "shapes"):
            self._annotation -= 1
        elif name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._end_cell(name, self._cell)
            self._cell = None
        elif name == "table-row":
            self._end_row()

    def _end_cell(self, name: str, attributes: dict[str, str]) -> None:
        repeats = _count(attribute(attributes, "number-columns-repeated"))
        text = self._text_of_cell(attributes)
        if text and name == "table-cell":
            wide = _count(attribute(attributes, "number-columns-spanned"))
            deep = _count(attribute(attributes, "number-rows-spanned"))
            for at in range(self._position, min(self._position + max(repeats, wide), limits.COLUMNS)):
                own = repeats > 1 or at == self._position
                self._row[at] = text if own else self._cells.across(at, text)
                if deep > 1:
                    self._reaching[at] = (self._line + deep, self._row[at])
            if self._position >= limits.COLUMNS:
                self._row[self._position] = text
        self._position += repeats

    def _end_row(self) -> None:
        if self._row and self._repeats > _MOST_REPEATS:
            raise Unreadable(
                f"row {self._line + 1} of the sheet {self._sheet} is written {self._repeats:,} times. {SAVE_AGAIN}",
                f"工作表“{self._sheet}”第{self._line + 1}行重复了{self._repeats:,}次。{SAVE_AGAIN_ZH}",
            )
        for _ in range(self._repeats if self._row else 0):
            self._line += 1
            row = dict(self._row)
            self._fill(row)
            self._cells.add(self._line, row)
            if self._cells.done:
                raise Stop
        if not self._row:
            self._line += self._repeats

    def _fill(self, row: dict[int, str]) -> None:
        for at, (last, text) in list(self._reaching.items()):
            if self._line > last:
                del self._reaching[at]
            elif at not in row:
                row[at] = text
                self._cells.filled[at] = self._cells.filled.get(at, 0) + 1

    def _text_of_cell(self, attributes: dict[str, str]) -> str | None:
        kind = attribute(attributes, "value-type")
        shown = "\n".join(self._paragraphs)
        formula = attribute(attributes, "formula")
        mark = self._cells.mark
        if self._size > limits.CELL_CHARACTERS:
            return mark(self._position, "too_long", shown)
        if formula and _ERROR.match(shown):
            return mark(self._position, "error_value", shown)
        if formula and not kind and not shown:
            return mark(self._position, "formula_without_value", formula)
        value = attribute(attributes, "value")
        match kind:
            case "float" | "currency":
                return _number(value, shown)
            case "percentage":
                share = _float(value)
                return shown if share is None else formats.shown(share, "0%", False)
            case "date":
                day = attribute(attributes, "date-value").replace("T", " ")[:19]
                return day[:10] if day.endswith(" 00:00:00") else day
            case "time":
                told = _DURATION.fullmatch(attribute(attributes, "time-value"))
                return ":".join(told.groups()) if told else shown
            case "boolean":
                return attribute(attributes, "boolean-value")
            case _:
                return attribute(attributes, "string-value") or shown


def _number(value: str, shown: str) -> str:
    number = _float(value)
    if number is None:
        return shown
    # Leading zeros are part of a code as a person sees it.
    if re.fullmatch(r"0\d+", shown) and number == int(shown):
        return shown
    return formats.plain_number(number)


def _float(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _count(text: str) -> int:
    return min(int(text), 2_000_000) if text.isdigit() and len(text) < 10 and int(text) > 0 else 1
