"""Two export folders, row by row: what is only in the one, only in the other, or different in both."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

# The leading columns that name a row; the rest is what is said about it.
KEYS = {
    "findings.csv": ("rule_id", "profile", "subject_id"),
    "evaluations.csv": ("rule_id",),
    "certificate_status.csv": ("certificate_id",),
    "auditor_workload.csv": ("person_id",),
    "surveillance.csv": ("certificate_id", "n"),
    "body_capacity.csv": ("body_id",),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One row on which two exports disagree; a row that is not there is None."""

    file: str
    key: tuple[str, ...]
    expected: tuple[str, ...] | None
    actual: tuple[str, ...] | None

    @property
    def group(self) -> str:
        """The rule that disagrees, or the file where it is no finding."""
        return self.key[0] if self.file in ("findings.csv", "evaluations.csv") else self.file


def read(path: Path, key: tuple[str, ...]) -> tuple[list[str], dict[tuple[str, ...], tuple[str, ...]]]:
    """The header and the rows by key; a key that occurs twice is an error."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        header = next(reader)
        rows: dict[tuple[str, ...], tuple[str, ...]] = {}
        for row in reader:
            name = tuple(row[: len(key)])
            if name in rows:
                raise ValueError(f"{path}: {name} occurs twice")
            rows[name] = tuple(row[len(key) :])
    return header, rows


def differences(expected: Path, actual: Path) -> list[Difference]:
    """Every row on which the two folders disagree."""
    found = []
    for file, key in KEYS.items():
        header, wanted = read(expected / file, key)
        other_header, given = read(actual / file, key)
        if header != other_header:
            raise ValueError(f"{file}: columns {other_header} instead of {header}")
        found += [
            Difference(file, name, wanted.get(name), given.get(name))
            for name in sorted(wanted.keys() | given.keys())
            if wanted.get(name) != given.get(name)
        ]
    return found


def unequal_files(expected: Path, actual: Path) -> list[str]:
    """Files that are not the same bytes: order and formatting count too."""
    return [file for file in KEYS if (expected / file).read_bytes() != (actual / file).read_bytes()]


def report(found: list[Difference], examples: int = 5) -> str:
    """The differences by rule, the largest group first, with a few examples each."""
    groups: defaultdict[str, list[Difference]] = defaultdict(list)
    for difference in found:
        groups[difference.group].append(difference)
    lines = [f"{len(found)} rows differ"]
    for group, some in sorted(groups.items(), key=lambda item: -len(item[1])):
        lines.append(f"{group}: {len(some)}")
        lines += [
            f"  {one.file} {'|'.join(one.key)}: expected {one.expected}, actual {one.actual}"
            for one in some[:examples]
        ]
    return "\n".join(lines)
