"""What flows back: the facts of cnca_report that sent and answered submissions establish.

A sent file is pending, an accepted one accepted, and of a partly accepted one the rejected rows are rejected.
A later version does not undo an acceptance. A pending fact is dropped where a later version that was sent
speaks of the same subject: its answer is then the later one's.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dagster_project.filing.errors import LedgerDamaged
from dagster_project.filing.history import Version
from ingestion import hashing

FACTS = "facts.csv"
_Subject = tuple[str, str, str, str]


@dataclass(frozen=True)
class FiledFact:
    """A row of cnca_report but for its id. Empty texts are empty cells.

    reported_on  the day the file was sent        result  accepted, rejected or pending
    """

    submission_id: str
    kind: str
    body_id: str
    period: str
    subject_id: str
    recipient: str
    reported_on: date
    receipt_no: str
    result: str


def filed_facts(versions: Mapping[str, Version], submissions: Path) -> list[FiledFact]:
    """All facts, sorted. Raises LedgerDamaged where a list of facts is not the one that was registered."""
    series: dict[str, list[Version]] = defaultdict(list)
    for version in versions.values():
        if version.day_of("sent"):
            series[version.series].append(version)
    found: list[FiledFact] = []
    for several in series.values():
        spoken_of: set[_Subject] = set()
        for version in sorted(several, key=lambda v: v.number, reverse=True):
            results = _results(version, _read(submissions, version))
            found += [
                _fact(version, subject, result)
                for subject, result in results.items()
                if result != "pending" or subject not in spoken_of
            ]
            spoken_of |= results.keys()
    return sorted(
        found, key=lambda fact: (fact.submission_id, fact.kind, fact.period, fact.subject_id, fact.recipient)
    )


def _results(version: Version, lines: Iterable[tuple[_Subject, str, str]]) -> dict[_Subject, str]:
    """A subject that stands on several rows is rejected with any of them."""
    answer = version.answer
    whole = {None: "pending", "accepted": "accepted", "partly": "accepted", "rejected": "rejected"}[
        answer.result if answer else None
    ]
    rejected = {(row.sheet, str(row.row)) for row in answer.rejected} if answer else set()
    results: dict[_Subject, str] = {}
    for subject, sheet, row in lines:
        result = "rejected" if (sheet, row) in rejected else whole
        if results.get(subject) != "rejected":
            results[subject] = result
    return results


def _fact(version: Version, subject: _Subject, result: str) -> FiledFact:
    kind, period, subject_id, recipient = subject
    sent_on = version.day_of("sent")
    assert sent_on is not None
    return FiledFact(
        submission_id=version.submission_id,
        kind=kind,
        body_id=version.prepared["body_id"],
        period=period,
        subject_id=subject_id,
        recipient=recipient,
        reported_on=sent_on,
        receipt_no=version.answer.receipt_no if version.answer else "",
        result=result,
    )


def _read(submissions: Path, version: Version) -> list[tuple[_Subject, str, str]]:
    path = submissions / version.submission_id / FACTS
    expected = version.prepared["files"].get(FACTS)
    if expected is None:
        return []
    if not path.is_file() or hashing.of_file(path) != expected:
        raise LedgerDamaged(
            f"{version.submission_id}: {FACTS} is not the file that was registered.",
            f"{FACTS}缺失或被改动。",
            "Put it back from a backup; see certhouse submission verify.",
        )
    with path.open(encoding="utf-8", newline="") as file:
        return [
            (
                (line["kind"], line["period"], line["subject_id"], line["recipient"]),
                line["sheet"],
                line["row"],
            )
            for line in csv.DictReader(file)
        ]
