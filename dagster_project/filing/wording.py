"""Free text on its way into the ledger, which is kept for ever: no control characters, no personal numbers."""

from __future__ import annotations

import re
import unicodedata

MASK = "[已隐去]"
_LONGEST_TEXT = 500
_SHORTEST_NUMBER = 7
_SHORTEST_GROUPED_NUMBER = 10

# A day of this century that stands by itself may stay, also before a time of day.
_DAY = re.compile(r"(?<![\d-])(?<!\d )20\d\d-[01]\d-[0-3]\d(?!-)(?! ?\d(?!\d?:))")
# Digits, possibly in groups, with the last character of an identity card.
_DIGITS = re.compile(r"\d(?:[ ().·-]{0,2}\d)+(?:[ -]?[Xx](?![A-Za-z]))?")


def clean_line(text: str) -> str:
    """One line of printable text, trimmed and not endless."""
    plain = unicodedata.normalize("NFKC", text)
    return " ".join("".join(c if c.isprintable() else " " for c in plain).split())[:_LONGEST_TEXT]


def clean_text(text: str) -> str:
    """One line in which what looks like an identity card, an account or a telephone is masked."""
    line = clean_line(text)
    kept, end = [], 0
    for day in _DAY.finditer(line):
        kept += [_masked(line[end : day.start()]), day.group()]
        end = day.end()
    return "".join([*kept, _masked(line[end:])])


def _masked(text: str) -> str:
    return _DIGITS.sub(lambda found: MASK if _is_personal(found.group()) else found.group(), text)


def _is_personal(run: str) -> bool:
    longest = max(map(len, re.findall(r"\d+", run)))
    return longest >= _SHORTEST_NUMBER or sum(map(str.isdigit, run)) >= _SHORTEST_GROUPED_NUMBER
