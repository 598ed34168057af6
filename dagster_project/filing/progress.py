"""How far the ledger has come with each obligation: what was answered, and what lies here unsent.

Obligations and the ledger's facts are matched by what a cnca_report is about.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from reports.submissions.kinds import REPORTS

UNFINISHED = ("prepared", "checked", "approved")
"""States of a version that lies here and has not been sent."""

FACTS = "facts.csv"
_UNSENT_KEYS = ("kind", "period", "subject_id", "recipient")

Key = tuple[str, ...]
"""How a cnca_report names what it is about: kind and subject, or kind, body, period and recipient."""


class FilingLike(Protocol):
    """A version in the ledger, as far as it is looked at here."""

    @property
    def submission_id(self) -> str: ...
    @property
    def body_id(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def phase(self) -> str: ...


class FactLike(Protocol):
    """What was sent about one subject, and the answer: pending, accepted or rejected."""

    @property
    def submission_id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def body_id(self) -> str: ...
    @property
    def period(self) -> str | None: ...
    @property
    def subject_id(self) -> str | None: ...
    @property
    def recipient(self) -> str | None: ...
    @property
    def result(self) -> str: ...


class LedgerLike(Protocol):
    """`dagster_project.filing.Ledger`, or what a test puts in its place."""

    def filings(self) -> Iterable[FilingLike]: ...
    def facts(self) -> Iterable[FactLike]: ...


def answers_of(ledger: LedgerLike) -> dict[Key, tuple[str, str]]:
    """The answer to the version sent last, by what it is about; an acceptance stands whatever came later."""
    found: dict[Key, tuple[str, str]] = {}
    for fact in ledger.facts():
        key = fact_key(fact.kind, fact.body_id, fact.period, fact.subject_id, fact.recipient)
        before = found.get(key)
        newer = before is None or _version(fact.submission_id) >= _version(before[1])
        if fact.result == "accepted" or (newer and (before is None or before[0] != "accepted")):
            found[key] = (fact.result, fact.submission_id)
    return found


def unsent_of(ledger: LedgerLike, submissions: Path) -> dict[Key, tuple[str, str]]:
    """State and id of the newest version that lies here unsent, by what its acceptance would discharge."""
    found: dict[Key, tuple[str, str]] = {}
    waiting = [filing for filing in ledger.filings() if filing.state in UNFINISHED]
    for filing in sorted(waiting, key=lambda one: _version(one.submission_id)):
        facts = submissions / filing.submission_id / FACTS
        if not facts.is_file():
            continue
        with facts.open(encoding="utf-8", newline="") as file:
            for fact in csv.DictReader(file):
                kind, period, subject_id, recipient = (fact.get(name) or None for name in _UNSENT_KEYS)
                key = fact_key(kind or "", filing.body_id, period, subject_id, recipient)
                found[key] = (filing.phase, filing.submission_id)
    return found


def fact_key(
    kind: str, body_id: str, period: str | None, subject_id: str | None, recipient: str | None
) -> Key:
    """A monthly report without recipient is the month's upload of clause 9.3, others are named by theirs."""
    if kind in REPORTS and REPORTS[kind].about != "body":
        return (kind, subject_id or "")
    return (kind, body_id, period or "", recipient or "")


def _version(submission_id: str) -> tuple[str, int]:
    """Day or period, then version number: later ones sort behind."""
    _kind, _body, period, version = submission_id.split("/")
    return period, int(version.removeprefix("v"))
