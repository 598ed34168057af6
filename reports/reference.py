"""Names of provinces and business scopes, from the reference lists that the checks use too."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from importlib.resources import files


def _names(file: str) -> Mapping[str, str]:
    text = (files("expectations.reference") / file).read_text(encoding="utf-8-sig")
    return {row[0]: row[1] for row in list(csv.reader(text.splitlines()))[1:] if row}


PROVINCE = _names("province.csv")
"""Province by the first two digits of a region code (GB/T 2260)."""

SCOPE = _names("scope.csv")
"""Business scope (Annex A, table A) by its code."""
