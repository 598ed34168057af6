"""Unknown cells, judged by trying values.

Whoever reads an unknown cell raises NeedCell; `outcomes` then asks again under every value that the cell could
have, one after the other, and collects what comes out. Days are not guessed from a list: the tried day notes
what it is compared with (also after months or days were added to it), and the days around those boundaries are
tried next. So a judgement that does not hang on the cell comes out the same under every value.

What is being tried is kept in this module: the oracle judges one subject at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from .documents import DOCUMENTED

if TYPE_CHECKING:
    from .records import Record

T = TypeVar("T")
Cell = tuple["Record", str]

OTHER = "?other"  # a key, code or text that stands for one the data do not show
_FIRST, _LAST = date(1950, 1, 1), date(2199, 12, 31)
_MOST_VALUES = 120
_BUDGET = 6000

_WHOLE = (0, 10**6, 1, 2, 3, 5, 10, 12, 16, 50, 100, 1000)
_NUMBERS = tuple(
    Decimal(text) for text in ("0", "1000000", "0.25", "0.3", "0.5", "1", "2", "3", "5", "10", "20", "100")
)
_TEXTS: dict[str, tuple[Any, ...]] = {
    "system": ("ITSMS", "QMS", OTHER, "SC"),
    "clause": (OTHER, *DOCUMENTED),
    "certificate_no": ("", "12326IT00001R0CNAS"),
    "approval_no": ("", "CNCA-R-2002-999"),
}
_LISTS: dict[str, tuple[Any, ...]] = {"systems": (("ITSMS",), ("QMS",), ("ITSMS", "QMS"))}

_tried: dict[Cell, Any] = {}
_keys: dict[str, list[str]] = {}
reads = 0  # how often a cell was read that is no plain value: what read none may be remembered
absent_read: set[str] = set()  # what was read although it was not delivered


class NeedCell(Exception):
    """An unknown cell was read and no value is being tried for it."""

    def __init__(self, row: Record, name: str) -> None:
        super().__init__(f"{row!r}.{name}")
        self.cell: Cell = (row, name)


def value_of(row: Record, name: str) -> Any:
    """The value that is being tried; NeedCell where there is none."""
    global reads
    reads += 1
    try:
        return _tried[row, name]
    except KeyError:
        raise NeedCell(row, name) from None


def peek(row: Record, name: str) -> Any:
    """The value that is being tried, else NULL."""
    global reads
    reads += 1
    return _tried.get((row, name))


def note_absent(name: str) -> None:
    """A table or table.column that was not delivered has been read."""
    global reads
    reads += 1
    absent_read.add(name)


@contextmanager
def quietly() -> Iterator[None]:
    """What is read here decides nothing: that it was not delivered leaves nothing open."""
    read = set(absent_read)
    try:
        yield
    finally:
        absent_read.intersection_update(read)


def use_keys(keys: dict[str, list[str]]) -> None:
    """The keys of every table that an unknown reference could name."""
    _keys.clear()
    _keys.update(keys)


def is_a_day_tried() -> bool:
    """Whether a day, or an audit that may have had one, is among the cells for which a value is being tried."""
    return any(row.column(name).kind == "date" or row.table == "audit" for row, name in _tried)


@contextmanager
def trying(cell: Cell, value: Any) -> Iterator[None]:
    """Give an unknown cell a value for a while."""
    _tried[cell] = value
    try:
        yield
    finally:
        del _tried[cell]


class TriedDay(date):
    """A day that notes the days it is compared with, as seen from the day that is being tried."""

    trace: list[tuple[int, int]] | None = None  # ordinal of the boundary, slack in days
    shift = 0
    slack = 1

    @classmethod
    def start(cls, day: date, trace: list[tuple[int, int]]) -> TriedDay:
        """A day to try."""
        return cls._made(day, trace, 0, 1)

    @classmethod
    def _made(cls, day: date, trace: list[tuple[int, int]] | None, shift: int, slack: int) -> TriedDay:
        made = cls(day.year, day.month, day.day)
        made.trace, made.shift, made.slack = trace, shift, slack
        return made

    def moved(self, day: date, *, slack: int) -> TriedDay:
        """The day that was computed from this one."""
        shift = self.shift + day.toordinal() - self.toordinal()
        return self._made(day, self.trace, shift, max(self.slack, slack))

    def _note(self, other: object) -> None:
        if self.trace is not None and isinstance(other, date):
            self.trace.append((other.toordinal() - self.shift, self.slack))

    def __lt__(self, other: Any) -> bool:
        self._note(other)
        return date.__lt__(self, other)

    def __le__(self, other: Any) -> bool:
        self._note(other)
        return date.__le__(self, other)

    def __gt__(self, other: Any) -> bool:
        self._note(other)
        return date.__gt__(self, other)

    def __ge__(self, other: Any) -> bool:
        self._note(other)
        return date.__ge__(self, other)

    def __eq__(self, other: object) -> bool:
        self._note(other)
        return date.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        self._note(other)
        return date.__ne__(self, other)

    def __sub__(self, other: Any) -> Any:
        self._note(other)
        return date.__sub__(self, other)

    __hash__ = date.__hash__


def _around(trace: list[tuple[int, int]]) -> list[date]:
    """The days on and beside every boundary that was met."""
    ordinals = {boundary + step for boundary, slack in set(trace) for step in range(-slack, slack + 1)}
    return [
        date.fromordinal(ordinal)
        for ordinal in sorted(ordinals)
        if _FIRST.toordinal() <= ordinal <= _LAST.toordinal()
    ]


def _first_values(cell: Cell) -> list[Any]:
    """What is tried at first; NULL too where the column may be NULL."""
    row, name = cell
    column = row.column(name)
    values: tuple[Any, ...]
    if column.reference:
        values = (OTHER, *_keys.get(column.reference, ()))
    elif column.codes:
        values = column.codes
    elif column.kind == "text":
        values = _TEXTS.get(name, (OTHER,))
    elif column.kind == "list":
        values = _LISTS.get(name, ((), (OTHER,)))
    else:
        values = {"date": (_FIRST, _LAST), "bool": (True, False), "int": _WHOLE, "dec": _NUMBERS}[column.kind]
    if row._latest is not None:
        return [value for value in (row._latest, _FIRST) if column.kind == "date"]
    may_be_null = not column.required and column.kind != "list"
    return [*values[:2], None, *values[2:]] if may_be_null else list(values)


class Budget:
    """How many judgements may still be asked for; over once that is not enough."""

    def __init__(self, left: int = _BUDGET) -> None:
        self.left = left

    @property
    def over(self) -> bool:
        """Whether not everything was tried."""
        return self.left < 0


def outcomes(
    evaluate: Callable[[], T], enough: Callable[[list[T]], bool], budget: Budget | None = None
) -> list[T]:
    """What comes out of an evaluation under every value of the unknown cells that it reads.

    `enough` may stop the search early: what has come out decides already.
    """
    budget = budget or Budget()
    budget.left -= 1
    try:
        return [evaluate()]
    except NeedCell as need:
        cell = need.cell
    found: list[T] = []
    seen: set[Any] = set()
    waiting = _first_values(cell)
    while waiting and not budget.over:
        value = waiting.pop(0)
        if value in seen or (cell[0]._latest is not None and value > cell[0]._latest):
            continue
        seen.add(value)
        trace: list[tuple[int, int]] = []
        with trying(cell, TriedDay.start(value, trace) if isinstance(value, date) else value):
            found += outcomes(evaluate, enough, budget)
        if found and enough(found):
            break
        if len(seen) < _MOST_VALUES:
            waiting += [day for day in _around(trace) if day not in seen]
    return found


def possible(evaluate: Callable[[], T]) -> set[T]:
    """Every result that an evaluation could have, for counts: {True}, {False} or both."""
    budget = Budget()
    found = set(outcomes(evaluate, lambda some: len(set(some)) > 1, budget))
    return found | {True, False} if budget.over else found  # type: ignore[arg-type]
