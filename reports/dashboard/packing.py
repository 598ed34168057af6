"""Columns written shorter for the files: indexes as characters of a string, counted ids as steps.

A file of 20,000 records is mostly indexes into lists of values; as characters they take a fifth of the room.
static/core.js unpacks what it receives, so nothing else in the browser knows of this.
"""

from __future__ import annotations

import re
from itertools import islice, pairwise, product
from typing import Any

ALPHABET = "".join(character for character in map(chr, range(33, 127)) if character not in "\"'\\<>&`")
"""Characters that stand for themselves in a script; the blank in front of them means: nothing."""

_COUNTED = re.compile(r"(.*?)(\d+)", re.S)
_WORTH_COUNTING = 8


def packed(value: Any) -> Any:
    """`value` with every column in it packed: {"d", "i"} and {"v"} of counted ids."""
    if not isinstance(value, dict):
        return value
    if value.keys() == {"d", "i"} and isinstance(value["i"], list):
        return _as_characters(value)
    if value.keys() == {"v"} and isinstance(value["v"], list):
        return _as_steps(value["v"]) or value
    return {key: packed(inner) for key, inner in value.items()}


def _as_characters(column: dict[str, list[Any]]) -> dict[str, Any]:
    """As many characters per row as all values need: {"d", "s": string, "w": characters per row}."""
    width = 1
    while len(ALPHABET) ** width < len(column["d"]):
        width += 1
    codes = ["".join(code) for code in islice(product(ALPHABET, repeat=width), len(column["d"]))]
    nothing = " " * width
    return {
        "d": column["d"],
        "s": "".join(nothing if at < 0 else codes[at] for at in column["i"]),
        "w": width,
    }


def _as_steps(values: list[Any]) -> dict[str, Any] | None:
    """Ids with one beginning and numbers of one width as the differences of the numbers; None: not such."""
    if len(values) < _WORTH_COUNTING or not isinstance(values[0], str):
        return None
    first = _COUNTED.fullmatch(values[0])
    if not first or len(first[2]) > 15:
        return None
    start, width = first[1], len(first[2])
    numbers = []
    for value in values:
        if not isinstance(value, str) or not value.startswith(start) or len(value) != len(start) + width:
            return None
        digits = value[len(start) :]
        if not (digits.isascii() and digits.isdigit()):
            return None
        numbers.append(int(digits))
    steps = [numbers[0], *(after - before for before, after in pairwise(numbers))]
    return {"p": start, "w": width, "n": steps}
