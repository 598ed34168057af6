"""One record, and a source as a set of records, as they stand after landing.

A record's cells are attributes: audit.actual_start. Three kinds of cell are not plain values:

- unknown: could not be read, NULL in a required column, or any cell of a stub. Reading it gives the value that
  is being tried (see unknown.py), or asks for one by raising NeedCell.
- not delivered: a version 1 column that the file lacks. Reading it gives NULL and is noted (see unknown.py):
  a rule that reads it is undetermined as a whole.
- a version 2 column that the file lacks: plain NULL ("kept").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from . import unknown
from .contract import TABLES, Column


class Record:
    """One row of a table; two records are equal only if they are the same one."""

    _table: str
    _stub: bool
    _unknown: frozenset[str]
    _absent: frozenset[str]
    _blank: frozenset[str] = frozenset()
    _latest: date | None = None  # an unknown day of this record is not later (derived opening events)

    def __getattr__(self, name: str) -> Any:
        """Only cells that are no plain value come here."""
        if name.startswith("__"):
            raise AttributeError(name)
        if name in self._unknown:
            return unknown.value_of(self, name)
        if name in self._absent:
            unknown.note_absent(f"{self._table}.{name}")
            return () if TABLES[self._table].columns[name].kind == "list" else None
        raise AttributeError(f"{self._table} has no column {name}")

    @property
    def table(self) -> str:
        """The name of the record's table."""
        return self._table

    @property
    def is_stub(self) -> bool:
        """Whether others refer to it and the data lack it."""
        return self._stub

    def column(self, name: str) -> Column:
        """What the contract says about a column."""
        return TABLES[self._table].columns[name]

    def peek(self, name: str) -> Any:
        """The cell if it is known or being tried, else NULL: asks for nothing, notes nothing."""
        if name in self._unknown:
            return unknown.peek(self, name)
        return self.__dict__.get(name)

    def solid(self, name: str) -> Any:
        """The cell if it is known, else NULL, whatever is being tried: where a definition says what NULL means."""
        return self.__dict__.get(name)

    def is_unknown(self, *names: str) -> bool:
        """Whether one of these cells is unknown (also while a value is being tried)."""
        return any(name in self._unknown for name in names)

    def is_blank(self, name: str) -> bool:
        """Whether an unknown cell is one that was left empty, not one that could not be read."""
        return name in self._blank

    def __repr__(self) -> str:
        return f"<{self._table} {'|'.join(str(self.peek(name)) for name in TABLES[self._table].key)}>"


def record(
    table: str,
    values: dict[str, Any],
    *,
    unknown_cells: frozenset[str] = frozenset(),
    absent: frozenset[str] = frozenset(),
    blank: frozenset[str] = frozenset(),
    stub: bool = False,
) -> Record:
    """A record of a table; columns that are not given are NULL (all unknown for a stub, apart from the key)."""
    row = Record()
    columns = TABLES[table].columns
    if strangers := set(values) - set(columns):
        raise ValueError(f"{table} has no column {sorted(strangers)}")
    if stub:
        unknown_cells = frozenset(columns) - frozenset(values)
    given = {
        name: values.get(name, () if column.kind == "list" else None)
        for name, column in columns.items()
        if name not in unknown_cells and name not in absent
    }
    row.__dict__.update(given, _table=table, _stub=stub, _unknown=unknown_cells, _absent=absent, _blank=blank)
    return row


@dataclass
class Source:
    """The records of every table (stubs among them) and the tables that were not delivered."""

    rows: dict[str, list[Record]] = field(default_factory=lambda: {name: [] for name in TABLES})
    absent_tables: frozenset[str] = frozenset()

    def add(self, table: str, unknown_cells: tuple[str, ...] = (), /, **values: Any) -> Record:
        """Add a record made by hand; for tests."""
        row = record(table, values, unknown_cells=frozenset(unknown_cells))
        self.rows[table].append(row)
        return row
