"""Dates and numbers as the catalogue defines them: clamped months, half days, Annex B; all exact."""

from __future__ import annotations

import calendar
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from .unknown import TriedDay

Number = int | Decimal | Fraction


def add_months(day: date, months: int) -> date:
    """The same day some months later (or earlier), clamped to the last day of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    later = date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    return day.moved(later, slack=4) if isinstance(day, TriedDay) else later


def add_days(day: date, days: int) -> date:
    """Some calendar days later (or earlier)."""
    later = date.fromordinal(day.toordinal() + days)
    return day.moved(later, slack=1) if isinstance(day, TriedDay) else later


def half(days: Number) -> Fraction:
    """The nearest half day, ties up."""
    return Fraction((2 * Fraction(days) + Fraction(1, 2)).__floor__(), 2)


# Upper end of the band of effective persons -> person-days (Annex B; above 1175 the catalogue's progression).
_BANDS: tuple[tuple[int, str], ...] = (
    (15, "3.5"),
    (25, "4.5"),
    (45, "5.5"),
    (65, "6"),
    (85, "7"),
    (125, "8"),
    (175, "9"),
    (275, "10"),
    (425, "11"),
    (625, "12"),
    (875, "13"),
    (1175, "15"),
    (1550, "16"),
    (2025, "17"),
    (2675, "18"),
    (3450, "19"),
    (4350, "20"),
    (5450, "21"),
    (6800, "22"),
    (8500, "23"),
    (10700, "24"),
)


def base(persons: int | None) -> Fraction | None:
    """Annex B: audit time in person-days of stage 1 + stage 2 for a number of effective persons; NULL for none."""
    if persons is None or persons <= 0:
        return None
    for upper, days in _BANDS:
        if persons <= upper:
            return Fraction(days)
    return Fraction(25)


def smallest_sample(sites: int, tenths: int) -> int:
    """The smallest whole Y with Y >= tenths/10 x sqrt(sites)."""
    sample = 0
    while 100 * sample * sample < tenths * tenths * sites:
        sample += 1
    return sample


def rounded(value: Number) -> Decimal:
    """Half up to four decimals, as the exports print ratios and measures (no negative values occur)."""
    scaled = Fraction(value) * 10_000
    return (
        Decimal((scaled + Fraction(1, 2)).__floor__())
        .scaleb(-4)
        .quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)
    )


def plain(value: Number | None) -> str:
    """A number without trailing zeros, an empty cell for NULL."""
    if value is None:
        return ""
    text = format(rounded(value), "f").rstrip("0").rstrip(".")
    return text or "0"
