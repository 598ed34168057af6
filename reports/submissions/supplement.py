"""supplement.csv: what a person adds to one file because no record holds it, whatever the file is.

It stands beside the versions of a period; a copy is kept with the version it went into, so that the file can be made
anew from it. What the records fill is never replaced; what is added is checked like everything else.
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

SUPPLEMENT = "supplement.csv"


class SupplementRefused(ValueError):
    """The supplement is not readable or speaks of what is not in the form; the message says where."""


def read_supplement(parent: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The lines of the supplement beside the versions; none without a file. The first stands in line 2."""
    path = parent / SUPPLEMENT
    if not path.is_file():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            lines = list(reader)
            found = set(reader.fieldnames or ())
    except (UnicodeDecodeError, csv.Error) as error:
        raise SupplementRefused(
            f"{path}: not a UTF-8 CSV file with the columns {', '.join(columns)}."
        ) from error
    if not found >= set(columns):
        raise SupplementRefused(f"{path}: not a UTF-8 CSV file with the columns {', '.join(columns)}.")
    for number, line in enumerate(lines, start=2):
        if None in line or None in line.values():
            raise SupplementRefused(f"{path}, line {number}: not as many values as the heading has.")
    return [{name: line[name] for name in columns} for line in lines]


def keep_supplement(parent: Path, draft: Path) -> None:
    shutil.copyfile(parent / SUPPLEMENT, draft / SUPPLEMENT)
