"""Read a folder of plain CSV files as the contract's "Tolerant landing" says.

A cell that cannot be read is unknown and its row stays; a row without a usable key is not taken; rows with one
key are one row if they are equal and none if they differ; a reference that leads nowhere makes a stub. Only what
the contract itself says about cells is repaired here (blanks, words for NULL, system codes, unlimited days): the
many forms in which people write dates and codes are the product's business and tested elsewhere.
"""

from __future__ import annotations

import csv
import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from .contract import NEEDED, TABLES, Column, Table
from .records import Record, Source, record

_NULL_TEXTS = {"null", "-", "－", "—", "\\n"}
_NULL_OTHERS = _NULL_TEXTS | {"n/a", "#n/a", "none", "nan", "无"}
_ASKED_BY = {"system", "clause"}  # texts that say to which question a row belongs
_UNLIMITED = {"9999-12-31", "长期"}
_FIRST, _LAST = date(1950, 1, 1), date(2199, 12, 31)


class Refused(Exception):
    """A table lacks a required column."""


class Unreadable(Exception):
    """The text of a cell is no value of its column."""


def _day(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise Unreadable(text)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Unreadable(text) from None
    if not _FIRST <= day <= _LAST:
        raise Unreadable(text)
    return day


def _whole(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d+", text):
        raise Unreadable(text)
    return int(text)


def _number(text: str) -> Decimal:
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", text):
        raise Unreadable(text)
    return Decimal(text).quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP)


def _truth(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise Unreadable(text)
    return text.lower() == "true"


def _list(text: str) -> tuple[str, ...]:
    """Values between ';', trimmed, no blanks; a value given twice counts once."""
    parts = (part.strip() for part in re.split("[;；]", text))
    return tuple(dict.fromkeys(part for part in parts if part and part.lower() not in _NULL_TEXTS))


_READ = {"date": _day, "int": _whole, "dec": _number, "bool": _truth, "list": _list}


def read_cell(column: Column, text: str) -> Any:
    """The value of a cell, None (an empty tuple for a list) for NULL; Unreadable where it is neither."""
    text = text.strip()
    nothing = _NULL_TEXTS if column.kind in ("text", "list") and not column.codes else _NULL_OTHERS
    unlimited = "_until" in column.name and text in _UNLIMITED
    if not text or text.lower() in nothing or unlimited:
        return () if column.kind == "list" else None
    if column.codes and text not in column.codes:
        raise Unreadable(text)
    if column.name == "system":
        return text.upper()
    if column.name == "systems":
        return tuple(dict.fromkeys(code.upper() for code in _list(text)))
    return _READ[column.kind](text) if column.kind in _READ else text


def _is_unknown(column: Column, value: Any) -> bool:
    """Whether NULL in this column means that a value is not known; a text that is asked for is just missing."""
    if not column.required or value not in (None, ()):
        return False
    return column.kind != "text" or bool(column.codes or column.reference) or column.name in _ASKED_BY


def _land(table: Table, raw: dict[str, str], absent: frozenset[str]) -> Record | None:
    """One row, or None where its key cannot be used."""
    values: dict[str, Any] = {}
    unknown, empty = set(), set()
    for column in table.columns.values():
        if column.name not in raw:
            continue
        try:
            values[column.name] = read_cell(column, raw[column.name])
        except Unreadable:
            unknown.add(column.name)
            continue
        if _is_unknown(column, values[column.name]):
            unknown.add(column.name)
            empty.add(column.name)
    if any(name in unknown or values.get(name) is None for name in table.key):
        return None
    known = {name: value for name, value in values.items() if name not in unknown}
    return record(table.name, known, unknown_cells=frozenset(unknown), absent=absent, blank=frozenset(empty))


def _once(table: Table, rows: list[tuple[Record, tuple[str, ...]]]) -> list[Record]:
    """One row per key; none where rows of one key differ in a cell (as written, blanks aside)."""
    first: dict[tuple[Any, ...], tuple[Record, tuple[str, ...]]] = {}
    unclear = set()
    for row, cells in rows:
        key = tuple(row.peek(name) for name in table.key)
        if key in first and not _equal(first[key], (row, cells)):
            unclear.add(key)
        first.setdefault(key, (row, cells))
    return [row for key, (row, _) in first.items() if key not in unclear]


def _equal(one: tuple[Record, tuple[str, ...]], other: tuple[Record, tuple[str, ...]]) -> bool:
    """Whether two rows hold the same values; cells that cannot be read are the same if the texts are."""
    same_values = all(
        one[0].peek(name) == other[0].peek(name) and one[0].is_unknown(name) == other[0].is_unknown(name)
        for name in one[0].__dict__.keys() | other[0].__dict__.keys() | one[0]._unknown | other[0]._unknown
        if not name.startswith("_")
    )
    return same_values and (not one[0]._unknown or one[1] == other[1])


def read_table(path: Path, table: Table) -> list[Record]:
    """The rows of one CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines, restval="")
        header = [name.strip() for name in reader.fieldnames or ()]
        reader.fieldnames = header
        missing = [column for column in table.columns.values() if column.name not in header]
        absent = frozenset(column.name for column in missing if not column.is_new)
        if any(column.required for column in missing):
            raise Refused(path)
        rows = []
        for raw in reader:
            cells = {name: raw[name] or "" for name in header}
            row = _land(table, cells, absent)
            if row is not None:
                rows.append((row, tuple(cells[name].strip() for name in header)))
    return _once(table, rows)


def add_stubs(source: Source) -> None:
    """A stub for every key that a reference names and no row has."""
    keys = {name: {row.peek(TABLES[name].key[0]) for row in rows} for name, rows in source.rows.items()}
    wanted: dict[tuple[str, str], None] = {}
    for name, rows in source.rows.items():
        for column in TABLES[name].columns.values():
            if column.reference:
                for row in rows:
                    key = row.peek(column.name)
                    if key is not None and key not in keys[column.reference]:
                        wanted[column.reference, key] = None
    for name, key in wanted:
        source.rows[name].append(record(name, {TABLES[name].key[0]: key}, stub=True))


def load(folder: Path) -> Source:
    """Read a source folder, one CSV file per table."""
    source = Source()
    absent = set()
    for name, table in TABLES.items():
        path = folder / f"{name}.csv"
        try:
            source.rows[name] = read_table(path, table)
        except (FileNotFoundError, Refused):
            if name in NEEDED:
                raise
            if not table.is_new:
                absent.add(name)
    source.absent_tables = frozenset(absent)
    add_stubs(source)
    return source
