"""A world's records while they are made: one list of rows per contract table, ids with the world's prefix."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..contract import TABLES as CONTRACT

Row = dict[str, Any]
TABLES = tuple(CONTRACT)


def columns(table: str) -> list[str]:
    """The columns of a table in contract order."""
    return list(CONTRACT[table].columns)


@dataclass
class Tables:
    """The rows made so far. Every row is a dict of column values; what is left out is NULL."""

    prefix: str
    rows: dict[str, list[Row]] = field(default_factory=lambda: {table: [] for table in TABLES})
    _counts: Counter[str] = field(default_factory=Counter)

    def new_id(self, kind: str) -> str:
        """The next id of a kind, unique among all worlds."""
        self._counts[kind] += 1
        return f"{self.prefix}{kind}{self._counts[kind]:04d}"

    def add(self, table: str, **values: Any) -> Row:
        """Add a row and return it, so that later steps can look at it or spoil it."""
        row = {column: values.pop(column, None) for column in columns(table)}
        if values:
            raise ValueError(f"{table} has no column {sorted(values)}")
        self.rows[table].append(row)
        return row

    def has(self, table: str, **key: Any) -> bool:
        """Whether a row with these values is there already."""
        return any(all(row[name] == value for name, value in key.items()) for row in self.rows[table])


def cell(value: Any) -> str:
    """A value as the contract's CSV has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        if value != round(value, 6):
            raise ValueError(f"{value} has more decimals than the contract takes")
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, (list, tuple)):
        return ";".join(value)
    return str(value)


def as_texts(world: Tables) -> dict[str, list[dict[str, str]]]:
    """A world's cells as they are written."""
    return {
        table: [{name: cell(value) for name, value in row.items()} for row in world.rows[table]]
        for table in TABLES
    }


def write_source(
    worlds: list[dict[str, list[dict[str, str]]]], folder: Path, without: Collection[str] = ()
) -> None:
    """Write all worlds together as one source folder, one CSV file per table; without: "table" or "table.column"."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        if table in without:
            continue
        header = [name for name in columns(table) if f"{table}.{name}" not in without]
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            writer.writerow(header)
            for world in worlds:
                writer.writerows([row[name] for name in header] for row in world[table])
