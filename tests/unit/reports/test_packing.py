"""Packed columns come back as they were, whatever they hold."""

from __future__ import annotations

import json
import random

import pytest

from reports.dashboard.embed import script_value
from reports.dashboard.packing import ALPHABET, packed
from tests.support.embedded import unpacked


@pytest.mark.parametrize("distinct", [1, len(ALPHABET), len(ALPHABET) + 1, len(ALPHABET) ** 2 + 1])
def test_indexes_of_any_number_of_values_come_back(distinct: int) -> None:
    """One value more than a character can say must not be read as another value."""
    places = random.Random(1)  # noqa: S311
    rows = [places.randrange(-1, distinct) for _ in range(50)] + [distinct - 1, -1, 0]
    column = {"d": [f"值{at}" for at in range(distinct)], "i": rows}
    written = packed(column)
    assert unpacked(json.loads(script_value(written))) == column


@pytest.mark.parametrize(
    "values",
    [
        [f"C{at:06}" for at in range(20, 40)],
        [f"C{at:06}" for at in (9, 5, 7, 7, 1, 2, 3, 4, 999999)],
        [f"甲-{at:02}" for at in range(10)],
        ["C1", "C10"] * 6,
        ["C001", None] * 6,
        ["X", "Y"] * 6,
        ["A001", "B002"] * 6,
        ["99999999999999999999"] * 9,
        [1.5, None] * 6,
        [],
    ],
)
def test_ids_come_back(values: list[object]) -> None:
    """C1 is not C01, and not everything with a number at its end is counted."""
    assert unpacked(json.loads(script_value(packed({"v": values})))) == {"v": values}


def test_ids_that_count_take_less_room() -> None:
    column = {"v": [f"C{at:06}" for at in range(1000)]}
    assert len(json.dumps(packed(column))) < len(json.dumps(column)) / 3


def test_words_that_look_like_columns_are_left_alone() -> None:
    """Labels are dictionaries too: a code named v or d is not a column."""
    labels = {"labels": {"v": "有效"}, "other": {"d": "一", "i": "二"}}
    assert packed(labels) == labels
