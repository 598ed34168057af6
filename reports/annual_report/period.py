"""The days a report speaks for, and the days of the year before that they are compared with."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


class YearRefused(ValueError):
    """The year cannot be reported on; the message says why and what to ask for instead."""


@dataclass(frozen=True)
class Period:
    """First and last day, both included."""

    first_on: date
    last_on: date

    @property
    def eve(self) -> date:
        """The day before: what was there when the period began."""
        return self.first_on - timedelta(days=1)

    @property
    def months(self) -> tuple[date, ...]:
        return tuple(date(self.first_on.year, month, 1) for month in range(1, self.last_on.month + 1))

    def month_end(self, month: date) -> date:
        """The month's last day, or the period's last day in a month that is not over."""
        return min(month.replace(day=monthrange(month.year, month.month)[1]), self.last_on)

    def before(self) -> Period:
        """The same days a year earlier (29 February becomes the 28th)."""
        year = self.last_on.year - 1
        last_day = min(self.last_on.day, monthrange(year, self.last_on.month)[1])
        return Period(date(year, 1, 1), date(year, self.last_on.month, last_day))


def period_of(year: int, as_of: date) -> Period:
    """The year up to as_of. Raises YearRefused for a year that has not begun on as_of."""
    if date(year, 1, 1) > as_of:
        raise YearRefused(f"{year} has not begun on {as_of}: ask for {as_of.year} or an earlier year.")
    return Period(date(year, 1, 1), min(date(year, 12, 31), as_of))
