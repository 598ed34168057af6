"""The rows that the authority rejected, from a CSV: sheet, row, reason. UTF-8 or GB 18030, any order."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from dagster_project.filing.errors import ReceiptUnreadable
from dagster_project.filing.history import RejectedRow

_COLUMNS = {
    "sheet": ("sheet", "工作表"),
    "row": ("row", "行", "行号"),
    "reason": ("reason", "原因", "退回原因"),
}


def read_rejected(path: Path) -> list[RejectedRow]:
    """Raises ReceiptUnreadable with the line, never with its content."""
    try:
        return _read(path)
    except csv.Error as error:
        raise _unreadable(path, "it is no CSV") from error


def _read(path: Path) -> list[RejectedRow]:
    records = csv.DictReader(io.StringIO(_text(path)))
    names = {
        column: next((n for n in records.fieldnames or () if n.strip().lower() in known), None)
        for column, known in _COLUMNS.items()
    }
    if None in names.values():
        raise _unreadable(path, "its first line does not name the columns sheet, row and reason")
    rows = [_row(path, line, record, names) for line, record in enumerate(records, start=2)]
    if not rows:
        raise _unreadable(path, "it lists no row")
    return rows


def _row(path: Path, line: int, record: dict[str, str | None], names: dict[str, str | None]) -> RejectedRow:
    sheet, row, reason = ((record.get(names[key] or "") or "").strip() for key in _COLUMNS)
    if not sheet or not row.isdecimal() or not int(row):
        raise _unreadable(path, f"line {line} needs a sheet and a row number as the spreadsheet counts")
    return RejectedRow(sheet, int(row), reason)


def _text(path: Path) -> str:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(path, "it is neither UTF-8 nor GB 18030")


def _unreadable(path: Path, why: str) -> ReceiptUnreadable:
    return ReceiptUnreadable(
        f"{path.name} cannot be read: {why}.",
        "退回明细无法读取。",
        "Write a CSV with the columns sheet, row, reason: one line per rejected row.",
    )
