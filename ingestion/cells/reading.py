"""What reading one column means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ingestion import sql
from ingestion.contract import Column


@dataclass(frozen=True)
class Reading:
    """SQL fragments that read one raw text column, whose name is the contract's.

    canonical  the text needs no repair; NULL means no. An empty cell is not asked.
    cast       the value of a canonical text.
    steps      (name, expression), each of which may use the ones before; evaluated for other texts only.
    value      the value of another text, NULL where it has none.
    problem    reason code, or NULL: what keeps another text from being read.
    repairs    (kind, condition): what was done to read it.
    remarks    (reason, condition): what is said of a text that is taken as it stands.
    time       HH:MM of another text, where the contract keeps the hour of this day in a column of its own.
    """

    canonical: str
    cast: str
    steps: tuple[tuple[str, str], ...]
    value: str
    problem: str
    repairs: tuple[tuple[str, str], ...]
    remarks: tuple[tuple[str, str], ...] = ()
    time: str | None = None


@dataclass(frozen=True)
class Dialect:
    """What the source and the mapping say about a column beyond the contract.

    aliases  other words (lower case, half width) for a value.
    day_zero the day that a spreadsheet's serial number 0 stands for; None: no spreadsheet, so a number is no day.
    """

    aliases: Mapping[str, str] = field(default_factory=dict)
    day_zero: date | None = None


def step(column: Column, suffix: str) -> str:
    """The quoted name of a step's result."""
    return sql.name(f"{column.name}__{suffix}")
