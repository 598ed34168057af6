"""What a form of statistics says: tables, lines of the registration sheet, checks, a document.

Nothing here knows a particular form or where it is kept (form_reading.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reports.submissions.form import FormError

OF = ("this", "before", "to_date", "change")


@dataclass(frozen=True)
class Column:
    """A column of figures: `of` says of which period. width in characters."""

    label: str
    value: str
    of: str
    width: int


@dataclass(frozen=True)
class Line:
    """A row with an expression of its own."""

    label: str
    value: str
    unit: str


@dataclass(frozen=True)
class Table:
    """A table: either `topic` with a row per item, or `lines`.

    labels      list of labels.csv that names the items; "" = items as they are called
    all_listed  every code of the list has a row, else those that there are figures of
    total       expression-free: topic and item of the row 合计, which the items need not add up to
    """

    code: str
    title: str
    first_label: str
    topic: str
    labels: str
    all_listed: bool
    total: tuple[str, str] | None
    lines: tuple[Line, ...]
    columns: tuple[Column, ...]
    note: str


@dataclass(frozen=True)
class RegistrationField:
    """A line of the registration sheet.

    source       a column of the body's record, or `= expression`, or "" where only the supplement can say it
    is_personal  stands in the sheet alone: not in lists of errors or differences
    """

    name: str
    label: str
    source: str
    is_required: bool
    is_personal: bool
    note: str


@dataclass(frozen=True)
class Check:
    """What must hold: left relation right, for each row of a table where `table` has a topic and the
    expressions have bare measures, once otherwise. `column` is the label of the column or line to look at."""

    id: str
    severity: str
    table: str
    column: str
    left: str
    relation: str
    right: str
    message: str


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook; with `has_registration` it begins with the registration lines."""

    code: str
    name: str
    has_registration: bool
    tables: tuple[str, ...]


@dataclass(frozen=True)
class StatisticsForm:
    """A whole profile.

    sheets       by recipient; a form for one recipient alone has them under ""
    rare         (list, code) of labels that have no row where there are no figures
    fingerprint  SHA-256 of its files
    """

    profile: str
    title: str
    in_force_from: date
    sheets: Mapping[str, tuple[Sheet, ...]]
    totals: Mapping[str, str]
    uncertain: tuple[Mapping[str, str], ...]
    tables: Mapping[str, Table]
    labels: Mapping[str, Mapping[str, str]]
    rare: frozenset[tuple[str, str]]
    registration: tuple[RegistrationField, ...]
    checks: tuple[Check, ...]
    document: Mapping[str, Any] | None
    fingerprint: str

    def sheets_of(self, recipient: str = "") -> tuple[Sheet, ...]:
        """The sheets that a recipient gets; forms for one recipient know only ''. Raises FormError."""
        if recipient not in self.sheets:
            raise FormError(f"{self.profile}: no sheets for {recipient or 'no recipient'}")
        return self.sheets[recipient]

    def label(self, labels: str, code: str) -> str:
        return self.labels.get(labels, {}).get(code, code)
