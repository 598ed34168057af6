"""Writes small binary workbooks (xlsb): the records of MS-XLSB that a spreadsheet needs to open one."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ERRORS = {
    "#NULL!": 0x00,
    "#DIV/0!": 0x07,
    "#VALUE!": 0x0F,
    "#REF!": 0x17,
    "#NAME?": 0x1D,
    "#NUM!": 0x24,
    "#N/A": 0x2A,
}


@dataclass(frozen=True)
class Error:
    name: str


@dataclass(frozen=True)
class Day:
    """A serial number in a cell of a date's format."""

    serial: float


@dataclass(frozen=True)
class Formula:
    """A formula of which nobody calculated the value, or with the text that it gives."""

    text: str = ""


Cell = str | float | bool | Error | Day | Formula | None


@dataclass(frozen=True)
class BinarySheet:
    rows: Sequence[Sequence[Cell]]
    state: int = 0  # 1 hidden, 2 very hidden
    merged: Sequence[tuple[int, int, int, int]] = ()  # rows, then columns, from 0


def write_xlsb(
    path: Path, sheets: Mapping[str, BinarySheet], *, from_1904: bool = False, calculated: bool = True
) -> Path:
    names = list(sheets)
    bundle = b"".join(
        _record(156, struct.pack("<II", sheets[name].state, at + 1) + _wide(f"rId{at + 1}") + _wide(name))
        for at, name in enumerate(names)
    )
    workbook = (
        _record(131)
        + _record(153, struct.pack("<II", 1 if from_1904 else 0, 0) + _wide(""))
        + _record(143) + bundle + _record(144)
        + _record(157, struct.pack("<IIIdiH", 0, 1, 100, 0.001, 1, 0 if calculated else 1)) + _record(132)
    )  # fmt: skip
    parts = "".join(
        f'<Relationship Id="rId{at + 1}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{at + 1}.bin"/>'
        for at in range(len(names))
    )
    parts += f'<Relationship Id="rIdS" Type="{_OFFICE}/styles" Target="styles.bin"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types/>')
        archive.writestr("_rels/.rels", _relations(
            f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.bin"/>'
        ))  # fmt: skip
        archive.writestr("xl/_rels/workbook.bin.rels", _relations(parts))
        archive.writestr("xl/workbook.bin", workbook)
        archive.writestr("xl/styles.bin", _styles())
        for at, name in enumerate(names):
            archive.writestr(f"xl/worksheets/sheet{at + 1}.bin", _sheet(sheets[name]))
    return path


def _sheet(sheet: BinarySheet) -> bytes:
    width = max((len(row) for row in sheet.rows), default=1)
    content = _record(129) + _record(148, struct.pack("<IIII", 0, max(len(sheet.rows) - 1, 0), 0, width - 1))
    content += _record(145)
    for line, row in enumerate(sheet.rows):
        content += _record(0, struct.pack("<IIHBBBI", line, 0, 300, 0, 0, 0, 0))
        content += b"".join(_cell(at, value) for at, value in enumerate(row) if value is not None)
    content += _record(146)
    if sheet.merged:
        content += _record(177, struct.pack("<I", len(sheet.merged)))
        content += b"".join(_record(176, struct.pack("<IIII", *one)) for one in sheet.merged)
        content += _record(178)
    return content + _record(130)


def _cell(column: int, value: Cell) -> bytes:
    head = struct.pack("<II", column, 1 if isinstance(value, Day) else 0)
    match value:
        case bool():
            return _record(4, head + bytes([value]))
        case str():
            return _record(6, head + _wide(value))
        case Error():
            return _record(3, head + bytes([_ERRORS[value.name]]))
        case Day():
            return _record(5, head + struct.pack("<d", value.serial))
        case Formula():
            return _record(8, head + _wide(value.text) + struct.pack("<HII", 0, 0, 0))
        case _:
            return _record(5, head + struct.pack("<d", float(value or 0)))


def _styles() -> bytes:
    """Two cell formats: general, and a day."""
    formats = b"".join(
        _record(47, struct.pack("<HHHHHBBHBB", 0xFFFF, number, 0, 0, 0, 0, 0, 0, 0, 0)) for number in (0, 14)
    )
    return _record(278) + _record(617, struct.pack("<I", 2)) + formats + _record(618) + _record(279)


def _relations(content: str) -> str:
    return f'<?xml version="1.0"?><Relationships xmlns="{_RELATIONS}">{content}</Relationships>'


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, content: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = bytearray(), len(content)
    while True:
        size.append(length & 0x7F | (0x80 if length > 0x7F else 0))
        length >>= 7
        if not length:
            return number + bytes(size) + content
