"""Is everything as it was recorded? The chain, the life cycle, the files, the end of the ledger.

Nothing is trusted but the hashes: each entry's hash is computed again from the one before and its own
content, every file of every registered version is read, and the entries are replayed through the life cycle.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from dagster_project.filing import version_folder
from dagster_project.filing.database import SCHEMA
from dagster_project.filing.entry import GENESIS, Entry, canonical, entry_hash
from dagster_project.filing.errors import LedgerDamaged, StepRefused
from dagster_project.filing.history import Version, apply
from dagster_project.filing.inputs import calendar_file
from dagster_project.filing.ledger import Ledger, cut_off
from ingestion import hashing

_COLUMNS = ("seq", "recorded_at", "actor", "action", "submission_id", "payload", "previous", "hash")


@dataclass(frozen=True)
class Fault:
    """What does not hold. `entry` is the first entry concerned; None where no entry is."""

    entry: int | None
    submission_id: str
    problem: str

    def __str__(self) -> str:
        place = f"entry {self.entry}" if self.entry is not None else "the ledger"
        return f"{place}{f' ({self.submission_id})' if self.submission_id else ''}: {self.problem}"


@dataclass(frozen=True)
class Verification:
    """`faults` with the first entry that does not hold first; none when everything does."""

    entries: int
    head: str
    versions: int
    files: int
    faults: tuple[Fault, ...]


def verify(ledger: Ledger) -> Verification:
    """Verify everything up to the first entry that does not hold, and the files of what was registered before it."""
    faults: list[Fault] = []
    try:
        cut = cut_off(ledger)
        faults += _file_faults(ledger)
    except LedgerDamaged as error:
        return Verification(0, GENESIS, 0, 0, (Fault(None, "", error.message),))
    versions: dict[str, Version] = {}
    count, head = 0, GENESIS
    for row in _rows(ledger, faults):
        count += 1
        fault, head = _entry_fault(row, count, head, versions)
        if fault:
            faults.append(fault)
            break
    if cut:
        faults.append(Fault(cut.entry, "", f"the ledger {cut.problem}"))
    files = 0
    for version in versions.values():
        files += len(version.prepared["files"]) + 1
        faults += _version_faults(ledger, version)
    ordered = sorted(faults, key=lambda fault: (fault.entry is None, fault.entry))
    return Verification(count, head, len(versions), files, tuple(ordered))


def _file_faults(ledger: Ledger) -> Iterator[Fault]:
    """The SQLite file itself, and the triggers that make it append-only."""
    for (report,) in ledger.query("pragma integrity_check"):
        if report != "ok":
            yield Fault(None, "", f"the ledger's file is damaged: {report}")
    found = dict(ledger.query("select name, lower(sql) from sqlite_master where sql is not null"))
    if found and found != SCHEMA:
        names = sorted(name for name in {*found, *SCHEMA} if found.get(name) != SCHEMA.get(name))
        yield Fault(None, "", f"tables and triggers are not as they were made: {', '.join(names)}")


def _rows(ledger: Ledger, faults: list[Fault]) -> list[tuple[Any, ...]]:
    try:
        return ledger.query(f"select {', '.join(_COLUMNS)} from entry order by rowid")
    except LedgerDamaged as error:
        faults.append(Fault(None, "", error.message))
        return []


def _entry_fault(
    row: tuple[Any, ...], expected: int, head: str, versions: dict[str, Version]
) -> tuple[Fault | None, str]:
    """The fault of one entry, if any, and the hash that the next one must build on."""
    seq, recorded_at, actor, action, submission_id, payload, previous, own_hash = row
    if seq != expected:
        return Fault(expected, "", f"it is missing: entry {seq} stands in its place"), head
    name = str(submission_id)
    try:
        content = json.loads(payload)
        is_readable = canonical(content) == payload and bool(date.fromisoformat(content["on"]))
    except (ValueError, TypeError, KeyError):
        is_readable = False
    if not is_readable:
        return Fault(seq, name, "its content is not as it was written"), head
    if (previous or GENESIS) != head:
        return Fault(seq, name, "it does not follow from the entry before"), head
    if own_hash != entry_hash(seq, recorded_at, actor, action, submission_id, content, head):
        return Fault(seq, name, "its content and its hash do not agree"), head
    entry = Entry(seq, recorded_at, actor, action, submission_id, content, head, own_hash)
    try:
        apply(versions, entry)
    except (StepRefused, KeyError, TypeError, ValueError) as error:
        why = error.message if isinstance(error, StepRefused) else "its content is incomplete"
        return Fault(seq, name, f"the life cycle does not allow it: {why}"), own_hash
    return None, own_hash


def _version_faults(ledger: Ledger, version: Version) -> Iterator[Fault]:
    """The files of a version, held against the entry that registered it."""
    entry, content = version.entries[0].seq, version.prepared
    folder = ledger.submissions / version.submission_id
    faults = list(version_folder.faults(folder, content["manifest_sha256"], content["files"]))
    for problem, _ in faults:
        yield Fault(entry, version.submission_id, problem)
    if not faults:
        listed = version_folder.listed_files(version_folder.read_manifest(folder))
        if listed != content["files"]:
            yield Fault(entry, version.submission_id, "manifest and ledger list different files")
    if content["calendar"]:
        path = calendar_file(ledger.submissions, content["calendar"])
        if not path.is_file() or hashing.of_file(path) != content["calendar"]:
            yield Fault(entry, version.submission_id, "its file of working days is missing or was changed")
