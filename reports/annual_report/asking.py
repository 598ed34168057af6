"""Asking the warehouse on behalf of one body and year: every chapter's queries go through here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from reports.annual_report.model import Value
from reports.annual_report.period import Period

Row = tuple[Any, ...]


@dataclass
class Asking:
    """An open warehouse with what is asked for. Queries use $body and, per period, $first and $last.

    before   the same days of the year before; None when the records do not reach back to them
    """

    connection: duckdb.DuckDBPyConnection
    body_id: str
    as_of: date
    period: Period
    before: Period | None
    is_masked: bool = False
    _pseudonyms: dict[str, str] = field(default_factory=dict)

    @property
    def is_running(self) -> bool:
        """The year is not over on as_of."""
        return self.period.last_on < date(self.period.first_on.year, 12, 31)

    def rows(self, query: str, period: Period | None = None, **more: Any) -> list[Row]:
        """The rows for `period` (the report's own when not given)."""
        days = period or self.period
        known = {"body": self.body_id, "first": days.first_on, "last": days.last_on, "eve": days.eve, **more}
        named = {name: value for name, value in known.items() if f"${name}" in query}
        return self.connection.execute(query, named).fetchall()

    def row(self, query: str, period: Period | None = None, **more: Any) -> Row:
        """The only row; of aggregates there always is one."""
        (found,) = self.rows(query, period, **more)
        return found

    def pair(self, query: str, **more: Any) -> tuple[Row, Row]:
        """The only row of this year and of the year before, whose values are None when it is not known."""
        now = self.row(query, **more)
        before = self.row(query, self.before, **more) if self.before else (None,) * len(now)
        return now, before

    def keyed_pair(self, query: str, **more: Any) -> dict[Value, tuple[Row, Row | None]]:
        """Rows of both years by their first column, sorted by it; a key that one year lacks has zeros there."""
        now = {row[0]: row[1:] for row in self.rows(query, **more)}
        before = {row[0]: row[1:] for row in self.rows(query, self.before, **more)} if self.before else None
        width = len(next(iter([*now.values(), *(before or {}).values()]), ()))
        zeros = (0,) * width
        return {
            key: (now.get(key, zeros), None if before is None else before.get(key, zeros))
            for key in sorted({*now, *(before or {})})
        }

    def parameter(self, name: str) -> str:
        """A number of the law or the house as it stood on the period's last day (before its first value, that one)."""
        (value,) = self.row(
            "select value from marts.dim_parameter where name = $name"
            " order by effective_from > $last, abs(date_diff('day', effective_from, $last::date)) limit 1",
            name=name,
        )
        return str(value)

    def person(self, person_id: str) -> str:
        """A person as the report names them: the id, or in a masked report a number of this report."""
        if not self.is_masked:
            return person_id
        return self._pseudonyms.setdefault(person_id, f"审核员 {len(self._pseudonyms) + 1:02d}")


def share(part: int | None, whole: int | None) -> Decimal | None:
    """Percent of `whole`, None of nothing."""
    if part is None or not whole:
        return None
    return Decimal(100 * part) / Decimal(whole)
