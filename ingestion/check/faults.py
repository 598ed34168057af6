"""What a check found. Personal data is masked in every raw value."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingestion.landing.gate import Shortfall
from ingestion.landing.intake import TableCount
from ingestion.sources.fates import Fate

#: Exit codes: nothing to say; landing would refuse the source; it can be read, but not all of it.
CLEAN, REFUSED, LOSSES = 0, 3, 5


@dataclass(frozen=True)
class Fault:
    """One row or cell of a source. `row` is its line or sheet row in `file` (a sheet stands behind '#'), `letters` the
    column there, where it is a sheet."""

    fate: str
    table: str
    file: str | None
    row: int | None
    column: str | None
    reason: str
    raw_value: str | None
    row_key: str | None
    cells: int
    message: str
    message_zh: str
    letters: str | None = None


@dataclass(frozen=True)
class FaultKind:
    """All faults of one table, column and reason. `follows`: it goes away with another fault; `hint`: what an unknown
    value may have been meant to be."""

    fate: str
    table: str
    column: str | None
    reason: str
    cells: int
    message: str
    message_zh: str
    examples: tuple[Fault, ...]
    follows: bool = False
    hint: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A file, sheet, heading or line that is no record; `hint`: what an unknown name may have been meant to be."""

    fate: Fate
    hint: str = ""


@dataclass(frozen=True)
class CheckReport:
    """tables: counts by table, in contract order; kinds: faults, those from which others follow first.

    refusals  (English, Chinese): why landing would refuse the source whatever a person says.
    faults    where every single fault stands, in the order of `kinds`, as a file of the check's scratch folder.
    """

    source: str
    tables: dict[str, TableCount] = field(default_factory=dict)
    kinds: tuple[FaultKind, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    refusals: tuple[tuple[str, str], ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def rows_in(self) -> int:
        return sum(count.rows_in for count in self.tables.values())

    @property
    def set_aside(self) -> int:
        return sum(count.set_aside for count in self.tables.values())

    @property
    def landed(self) -> int:
        return sum(count.landed for count in self.tables.values())

    @property
    def warned(self) -> tuple[LeftOut, ...]:
        return tuple(one for one in self.left_out if one.fate.warns)

    @property
    def exit_code(self) -> int:
        """Repairs, equal rows and what is only listed are no losses; a table or column that may matter and was left out
        is one."""
        if self.refusals or self.shortfalls:
            return REFUSED
        lost = any(kind.fate in ("set_aside", "emptied", "missing", "stub") for kind in self.kinds)
        return LOSSES if lost or self.warned else CLEAN

    def of(self, *, follows: bool) -> Iterator[FaultKind]:
        return (kind for kind in self.kinds if kind.follows == follows)

    def location(self, file: str) -> Path | None:
        """A file of the source on this machine."""
        root = Path(self.source)
        place = root if root.is_file() else root / file
        return place if place.is_file() else None
