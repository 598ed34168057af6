"""What a person adds to a statistical file: lines of the registration sheet and the prose of the document.

They stand in `supplement.csv` beside the versions: sheet, field, value; sheet is the code of the sheet or
`document`, field the line's or the placeholder's name. What the records fill is never replaced. A copy is
kept with the version it went into, so that the file can be made anew from it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from reports.submissions.supplement import SupplementRefused

DOCUMENT = "document"
_COLUMNS = {"sheet", "field", "value"}


def read_supplement(path: Path, known: set[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """(sheet, field) -> value; empty without a file. Raises SupplementRefused where it names the unknown."""
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            lines = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise SupplementRefused(f"{path}: not a UTF-8 CSV file.") from error
    if not set(reader.fieldnames or ()) >= _COLUMNS:
        raise SupplementRefused(f"{path}: its columns are sheet, field, value.")
    found: dict[tuple[str, str], str] = {}
    for number, line in enumerate(lines, start=2):
        place = (line["sheet"] or "", line["field"] or "")
        value = (line["value"] or "").strip()
        if place not in known or not value or place in found:
            raise SupplementRefused(
                f"{path}, line {number}: sheet {place[0]}, field {place[1]}: not to be filled, without value, or twice."
            )
        found[place] = value
    return found
