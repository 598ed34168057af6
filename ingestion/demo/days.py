"""Calendar days as int64 day numbers since 1970-01-01, and the working days that audits are laid on.

Everything in the generator computes with these numbers; they become dates only when a table is written.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import chinese_calendar
import numpy as np

NONE = -(2**31)
"""No date (NULL). Far in the past, so that it must be tested for before it is compared."""

LONGEST_AUDIT = 6
"""Working days; no audit team is planned for longer in one go."""


def number(day: dt.date) -> int:
    return (day - dt.date(1970, 1, 1)).days


def add_months(days: np.ndarray, months: int | np.ndarray) -> np.ndarray:
    """The same day some months later, clamped to the month's last day."""
    day = days.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    within = (day - month.astype("datetime64[D]")).astype(np.int64)
    target = month + np.asarray(months).astype("timedelta64[M]")
    first = target.astype("datetime64[D]").astype(np.int64)
    last = (target + np.timedelta64(1, "M")).astype("datetime64[D]").astype(np.int64) - 1
    return np.minimum(first + within, last)


def year_of(days: np.ndarray) -> np.ndarray:
    return days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970


def month_of(days: np.ndarray) -> np.ndarray:
    """Months since January 1970."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def first_of_month(months: np.ndarray) -> np.ndarray:
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def known(days: np.ndarray, as_of: int) -> np.ndarray:
    """The days with everything after as_of taken back to NONE: what the records can tell on as_of."""
    return np.where(days <= as_of, days, NONE)


def _is_working(day: dt.date) -> bool:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


@dataclass(frozen=True)
class Calendar:
    """The working days of a span; an audit is laid on consecutive ones, by index."""

    working: np.ndarray
    fitting: np.ndarray

    @classmethod
    def over(cls, first: int, last: int) -> Calendar:
        """Working days from first to last. Years without a published calendar: Monday to Friday."""
        start = dt.date(1970, 1, 1)
        days = [day for day in range(first, last + 1) if _is_working(start + dt.timedelta(days=day))]
        working = np.array(days, dtype=np.int64)
        return cls(working, _fitting(working))

    def index(self, days: np.ndarray) -> np.ndarray:
        """Index of the first working day on or after each day."""
        return np.searchsorted(self.working, days).clip(0, len(self.working) - 1)

    def day(self, index: np.ndarray) -> np.ndarray:
        return self.working[index.clip(0, len(self.working) - 1)]

    def after(self, days: np.ndarray, count: int | np.ndarray) -> np.ndarray:
        """The day `count` working days after each day (day 0 is the day itself, working or not)."""
        on = np.searchsorted(self.working, days, side="right") - 1
        return self.day(on + count)

    def fit(self, index: np.ndarray, length: np.ndarray) -> np.ndarray:
        """First index from which `length` working days follow without a free day between."""
        return self.fitting[length.clip(1, LONGEST_AUDIT), index.clip(0, len(self.working) - 1)]


def _fitting(working: np.ndarray) -> np.ndarray:
    count = len(working)
    table = np.empty((LONGEST_AUDIT + 1, count), dtype=np.int64)
    for length in range(LONGEST_AUDIT + 1):
        reach = np.minimum(np.arange(count) + max(length - 1, 0), count - 1)
        fits = working[reach] - working == max(length - 1, 0)
        nxt = np.where(fits, np.arange(count), count - 1)
        table[length] = np.minimum.accumulate(nxt[::-1])[::-1]
    return table
