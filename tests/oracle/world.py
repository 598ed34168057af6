"""One source on one day: the records, by key and by parent, and what counts as having happened.

What the catalogue's definitions say is in audits.py, clients.py, lines.py, people.py, status.py, chain.py and
ground.py: functions that take the world.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, TypeVar

from . import unknown
from .contract import TABLES
from .landing import add_stubs
from .records import Record, Source, record

T = TypeVar("T")

# Read by definitions (line, status, D), not named as deciding by the rules that rest on them.
_QUIET = {("certificate", "previous_certificate_id"), ("certificate", "decision_id")}


def blank(text: str | None) -> bool:
    """Missing wherever a reason or content is asked for."""
    return text is None or not text.strip()


class World:
    """The facts of one source as they stand on one day."""

    def __init__(self, source: Source, as_of: date) -> None:
        add_stubs(source)
        self.source = source
        self.as_of = as_of
        self._by_key = {
            name: {row.peek(TABLES[name].key[0]): row for row in rows} for name, rows in source.rows.items()
        }
        self._delivered = {
            name: [row for row in rows if not row.is_stub] for name, rows in source.rows.items()
        }
        self._children: dict[tuple[str, str], dict[Any, list[Record]]] = {}
        self._others: dict[str, Record] = {}
        self._memory: dict[Any, Any] = {}
        self.derived: dict[
            Any, Record
        ] = {}  # records that a definition makes: the same one whenever it is asked
        unknown.use_keys({name: list(rows) for name, rows in self._by_key.items()})

    # --- records ----------------------------------------

    def table(self, name: str, *, stubs: bool = False) -> list[Record]:
        """The rows of a table; stubs only when asked for."""
        self._note(name)
        return self.source.rows[name] if stubs else self._delivered[name]

    def get(self, table: str, key: str | None) -> Record | None:
        """The row with a key, a stub if it is one; None for NULL, or a key that nothing refers to as a reference."""
        self._note(table)
        if key is None:
            return None
        if key == unknown.OTHER:
            if table not in self._others:
                self._others[table] = record(table, {TABLES[table].key[0]: key}, stub=True)
            return self._others[table]
        return self._by_key[table].get(key)

    def of(self, table: str, column: str, key: str | None) -> list[Record]:
        """The rows of a table whose reference is this key, in file order; a row with an unknown one is nobody's."""
        self._note(table)
        if (table, column) not in _QUIET and any(
            column in row._absent for row in self.source.rows[table][:1]
        ):
            unknown.note_absent(f"{table}.{column}")
        index = self._children.get((table, column))
        if index is None:
            index = defaultdict(list)
            for row in self.source.rows[table]:
                if not row.is_unknown(column) and row.peek(column) is not None:
                    index[row.peek(column)].append(row)
            self._children[table, column] = index = dict(index)
        return index.get(key, []) if key is not None else []

    def _note(self, table: str) -> None:
        if table in self.source.absent_tables:
            unknown.note_absent(table)

    # --- time ----------------------------------------

    def happened(self, day: date | None) -> bool:
        """Whether a fact with this date counts: it has a date and the date is not later than as_of."""
        return day is not None and day <= self.as_of

    def known(self, day: date | None) -> date | None:
        """A fact's date; a date later than as_of is "not yet"."""
        return day if self.happened(day) else None

    # --- memory ----------------------------------------

    def remember(self, key: Any, compute: Callable[[], T]) -> T:
        """A value that is computed once, unless it hangs on what is unknown or was not delivered."""
        if key in self._memory:
            found: T = self._memory[key]
            return found
        before = unknown.reads
        value = compute()
        if unknown.reads == before:
            self._memory[key] = value
        return value


def remembered(function: Callable[..., T]) -> Callable[..., T]:
    """Remember the results of function(world, *records or plain values)."""

    @wraps(function)
    def asked(world: World, *arguments: Any) -> T:
        return world.remember((function, *arguments), lambda: function(world, *arguments))

    return asked


def earliest(*days: date | None) -> date | None:
    """The earliest of the days that are known."""
    return min((day for day in days if day is not None), default=None)
