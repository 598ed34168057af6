"""Names of provinces and business scopes, from the reference lists that the checks use too."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from reports.terms import terms

COMPLAINT_KIND = terms("complaint_kind")


@cache
def _names(file: str) -> Mapping[str, str]:
    text = (files("expectations.reference") / file).read_text(encoding="utf-8-sig")
    return {row[0]: row[1] for row in list(csv.reader(text.splitlines()))[1:] if row}


def province(prefix: str) -> str:
    """The province of a region code's first two digits; the digits where the list does not know them."""
    return _names("province.csv").get(prefix, prefix)


def scope(code: str) -> str:
    """A business scope (Annex A) with its code in front."""
    name = _names("scope.csv").get(code)
    return f"{code} {name}" if name else code
