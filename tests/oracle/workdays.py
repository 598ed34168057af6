"""China's statutory working days, make-up days included; years that the calendar lacks are unknown."""

from __future__ import annotations

from datetime import date
from functools import cache

import chinese_calendar

from .arithmetic import add_days


@cache
def is_working(day: date) -> bool | None:
    """Whether a day is a working day; None where the year is not known."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def add_working_days(day: date, count: int) -> date | None:
    """The count-th working day after a day (day 0 is the day itself); None where the calendar ends before."""
    while count > 0:
        day = add_days(day, 1)
        working = is_working(day)
        if working is None:
            return None
        count -= working
    return day


def working_days_between(after: date, upto: date) -> int | None:
    """Working days later than the one day, up to and including the other; None where one is unknown."""
    count = 0
    day = add_days(after, 1)
    while day <= upto:
        working = is_working(day)
        if working is None:
            return None
        count += working
        day = add_days(day, 1)
    return count
