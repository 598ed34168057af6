"""How two versions of a submission differ, cell by cell."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from dagster_project.filing.errors import StepRefused
from dagster_project.filing.history import Version
from dagster_project.filing.ledger import Ledger
from dagster_project.filing.steps import find
from dagster_project.filing.version_folder import listed_files, read_manifest


def difference_lines(ledger: Ledger, submission_id: str, other: str | None) -> Iterator[str]:
    """For the terminal: what the version says of its difference to the one before, or which files differ."""
    version = find(ledger, submission_id)
    number = _number(other) if other else version.number - 1
    if number < 1:
        raise StepRefused(
            f"{version.submission_id} is the first version.",
            "这是第一版，没有可比较的前一版。",
            "Compare a later one: certhouse submission list.",
        )
    before = find(ledger, f"{version.series}/v{number}")
    yield f"{version.submission_id} against {before.submission_id}:"
    yield from _file_differences(ledger, before, version)
    folder = ledger.submissions / version.submission_id
    recorded = read_manifest(folder).get("differences") or {}
    if number == version.number - 1 and "file" in recorded:
        yield from _cells(folder / recorded["file"])


def _number(version: str) -> int:
    digits = version.rpartition("/")[2].removeprefix("v")
    if not digits.isdecimal():
        raise StepRefused(f"{version!r} is no version.", "不是版本号。", "Write it as v1, v2, ...")
    return int(digits)


def _file_differences(ledger: Ledger, before: Version, version: Version) -> Iterator[str]:
    """Of what was filed: kept rows differ with the workbook whose rows they are."""
    from reports.submissions.kept_rows import is_kept_rows

    one = listed_files(read_manifest(ledger.submissions / before.submission_id))
    two = listed_files(read_manifest(ledger.submissions / version.submission_id))
    for name in sorted({*one, *two}):
        if one.get(name) != two.get(name) and not is_kept_rows(name):
            how = "is new" if name not in one else "is gone" if name not in two else "differs"
            yield f"  {name} {how}"


def _cells(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            yield "  " + ", ".join(f"{name} {value}" for name, value in line.items() if value)
