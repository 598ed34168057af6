"""differences.csv: what a new version changes, whatever the file is; and what the manifest says of it.

Personal data is masked. What could be a formula when the list is opened in a spreadsheet gets an apostrophe.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from ingestion import hashing
from ingestion.sql import text as quoted

DIFFERENCES = "differences.csv"
COLUMNS = ("sheet", "key", "field", "old", "new", "change")
_OF_FORMULAS = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Difference:
    """One cell or line. change: added or removed (with its whole record), or changed.

    sheet  the sheet's name, or the document's
    key    what the row is found by; in the record sheets the values of the key fields, joined by '|', with #2, #3 ...
           where several records have the same
    field  the column; empty where the difference is about the whole row
    """

    sheet: str
    key: str
    field: str
    old: str
    new: str
    change: str


def list_differences(rows: Iterable[Difference], draft: Path, against: str) -> dict[str, Any]:
    """Write the list into the draft; what the manifest says of it. `against`: the version before."""
    path = draft / DIFFERENCES
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow(_harmless(value) for value in astuple(row))
            written += 1
    return differences_entry(path, against, written)


def differences_entry(path: Path, against: str, rows: int) -> dict[str, Any]:
    return {"against": against, "file": path.name, "sha256": hashing.of_file(path), "rows": rows}


def _harmless(value: str) -> str:
    return "'" + value if value.startswith(_OF_FORMULAS) else value


def harmless_sql(name: str) -> str:
    """The same in SQL; what is empty is NULL."""
    marks = ", ".join(quoted(mark) for mark in _OF_FORMULAS)
    return (
        f"case when left({name}, 1) in ({marks}) then {quoted(chr(39))} || {name} else nullif({name}, '') end"
        f" as {name}"
    )
