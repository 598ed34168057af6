"""Personal data that a test can find again: every value of a column that the contract marks as personal is unique.

The values are Chinese characters only, as names are, and stand nowhere else.
"""

from __future__ import annotations

import csv
from pathlib import Path

from ingestion.contract import contract

_DIGITS = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
_NAMES = ("name", "contact_person", "legal_person")
MARK = "密密"


def plant(source: Path) -> None:
    """Rewrite the names of people in the CSV files of `source`."""
    for table in contract().tables.values():
        path = source / f"{table.name}.csv"
        marked = [column.name for column in table.columns if column.pii and column.name in _NAMES]
        if not marked or not path.is_file():
            continue
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows, headings = list(reader), list(reader.fieldnames or ())
        for at, row in enumerate(rows):
            for column in marked:
                if row.get(column):
                    row[column] = f"{MARK}{column[0]}{at:04}".translate(_DIGITS).replace(
                        column[0], "甲乙丙"[_NAMES.index(column)]
                    )
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, headings)
            writer.writeheader()
            writer.writerows(rows)


def personal_values(source: Path) -> set[str]:
    """All personal data of `source`: names, numbers of identity cards, telephones."""
    found = set()
    for table in contract().tables.values():
        path = source / f"{table.name}.csv"
        marked = [column.name for column in table.columns if column.pii]
        if marked and path.is_file():
            with path.open(encoding="utf-8-sig", newline="") as file:
                found |= {row[column] for row in csv.DictReader(file) for column in marked if row.get(column)}
    return found
