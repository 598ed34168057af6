"""The editions of ISO/IEC 20000-1 that a certificate's standard can name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Edition:
    """An edition: issued from, issued until, and the day by which its certificates must be gone."""

    year: str
    valid_from: date
    last_issue_on: date | None
    transition_until: date | None


EDITIONS = {
    edition.year: edition
    for edition in (
        Edition("2018", date(2018, 9, 15), None, None),
        Edition("2011", date(2011, 4, 15), date(2021, 9, 30), date(2021, 9, 30)),
    )
}
_NAMED = re.compile(r"ISO/IEC20000-1:([0-9]{4})")


def half_width(text: str) -> str:
    """Full-width characters as the half-width ones they stand for."""
    return "".join(
        " " if mark == "\u3000" else chr(ord(mark) - 0xFEE0) if 0xFF01 <= ord(mark) <= 0xFF5E else mark
        for mark in text
    )


def years(standard: str | None) -> list[str]:
    """The years of the editions that a text names."""
    text = "".join(half_width(standard or "").upper().split())
    plain = "".join("-" if unicodedata.category(mark) == "Pd" or mark == "\u2212" else mark for mark in text)
    return _NAMED.findall(plain)


def editions(standard: str | None) -> list[Edition]:
    """The known editions that a text names."""
    return [EDITIONS[year] for year in years(standard) if year in EDITIONS]


def names_current(standard: str | None, issued_on: date) -> bool | None:
    """Whether a text names an edition in force on the day of issue; None: only ones that nobody knows."""
    found = editions(standard)
    if any(
        one.valid_from <= issued_on and (one.last_issue_on is None or one.last_issue_on >= issued_on)
        for one in found
    ):
        return True
    return None if set(years(standard)) - set(EDITIONS) else False
