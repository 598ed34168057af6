"""What a person adds to a statistical file: lines of the registration sheet and the prose of the document.

The supplement says sheet, field, value: sheet is the code of the sheet or `document`, field the line's or the
placeholder's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reports.submissions.supplement import SUPPLEMENT, SupplementRefused, read_supplement

DOCUMENT = "document"
_COLUMNS = ("sheet", "field", "value")


def added_lines(parent: Path, known: set[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """(sheet, field) -> value; empty without a file. Raises SupplementRefused where it names the unknown."""
    found: dict[tuple[str, str], str] = {}
    for number, line in enumerate(read_supplement(parent, _COLUMNS), start=2):
        place, value = (line["sheet"], line["field"]), line["value"].strip()
        if place not in known or not value or place in found:
            raise SupplementRefused(
                f"{parent / SUPPLEMENT}, line {number}: sheet {place[0]}, field {place[1]}: not to be filled,"
                " without value, or twice."
            )
        found[place] = value
    return found
