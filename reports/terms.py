"""The Chinese word of every code that more than one place words: dbt/seeds/term.csv, which the models' sentences read too."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

SEED = Path(__file__).resolve().parents[1] / "dbt" / "seeds" / "term.csv"


@cache
def _lists() -> dict[str, dict[str, str]]:
    lists: dict[str, dict[str, str]] = {}
    with SEED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lists.setdefault(row["list"], {})[row["code"]] = row["zh"]
    return lists


def terms(name: str) -> dict[str, str]:
    """Code -> word as a page says it, in the seed's order. Raises KeyError on a list that is not there."""
    return dict(_lists()[name])
