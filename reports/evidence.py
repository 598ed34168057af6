"""The Chinese names of the keys and coded values that a finding's evidence holds.

A key that is a column of the source has the contract's name, so that pages and source speak alike; the
keys that rules derive, and columns that tables name differently, are in reports.labels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from ingestion.contract import contract
from reports.labels import EVIDENCE


@cache
def key_labels() -> Mapping[str, str]:
    """Name of every key that evidence may hold; a column that tables name differently needs its own entry."""
    named: dict[str, set[str]] = defaultdict(set)
    for table in contract().tables.values():
        for column in table.columns:
            named[column.name].add(column.label_zh)
    return {**{key: min(labels) for key, labels in named.items() if len(labels) == 1}, **EVIDENCE}


@cache
def value_labels() -> Mapping[str, Mapping[str, str]]:
    """Words for the codes of a key; a code that tables word differently is left as it is."""
    words: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for table in contract().tables.values():
        for column in table.columns:
            key = "audit_status" if (table.name, column.name) == ("audit", "status") else column.name
            for value, word in (column.value_labels or {}).items():
                words[key][value].add(word)
    return {
        key: {value: min(named) for value, named in values.items() if len(named) == 1}
        for key, values in words.items()
    }
