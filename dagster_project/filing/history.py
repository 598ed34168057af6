"""From entries to the state of every version: a pure function, the same for who writes, reads and verifies.

Whatever the ledger's own content can decide about a step is decided here: its place in the life cycle, the
people, the order of days, errors and warnings. So a step that `apply` refuses is never written, and an entry
that it refuses was written by something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from dagster_project.filing.entry import Entry
from dagster_project.filing.errors import StepRefused
from dagster_project.filing.people import person_key
from dagster_project.filing.states import SUPERSEDED, Phase, Step, after

_STEPS = {
    "justified": Step.JUSTIFY,
    "checked": Step.CHECK,
    "approved": Step.APPROVE,
    "sent": Step.SEND,
}
_ANSWERS = {"accepted": Step.ACCEPT, "partly": Step.ACCEPT_PARTLY, "rejected": Step.REJECT}


@dataclass(frozen=True)
class RejectedRow:
    """A row that the authority did not take: sheet code, row as the spreadsheet counts, its reason."""

    sheet: str
    row: int
    reason: str


@dataclass(frozen=True)
class Answer:
    """What the authority answered. `result`: accepted, rejected or partly."""

    result: str
    receipt_no: str
    on: date
    rejected: tuple[RejectedRow, ...]


@dataclass(frozen=True)
class Version:
    """One version of a submission, as its entries leave it.

    prepared  the payload of the entry that registered it      entries  all entries of it, in order
    """

    submission_id: str
    prepared: Mapping[str, Any]
    phase: Phase = Phase.PREPARED
    superseded_by: int | None = None
    entries: tuple[Entry, ...] = ()
    justifications: Mapping[str, str] = field(default_factory=dict)
    answer: Answer | None = None

    @property
    def series(self) -> str:
        return series_of(self.submission_id)

    @property
    def number(self) -> int:
        return int(self.prepared["version"])

    @property
    def state(self) -> str:
        """As the outside knows it; who approved first is not a state of its own."""
        if self.superseded_by is not None:
            return SUPERSEDED
        return Phase.CHECKED if self.phase is Phase.HALF_APPROVED else self.phase

    @property
    def unjustified(self) -> tuple[str, ...]:
        return tuple(name for name in self.prepared["warning_checks"] if name not in self.justifications)

    def day_of(self, action: str) -> date | None:
        """The day of the last entry of that action; approval counts from the second one."""
        days = [entry.on for entry in self.entries if entry.action == action]
        needed = 2 if action == "approved" else 1
        return days[-1] if len(days) >= needed else None

    def people(self, action: str) -> tuple[str, ...]:
        return tuple(entry.actor for entry in self.entries if entry.action == action)


def series_of(submission_id: str) -> str:
    """kind/body/period: what the versions have in common."""
    return submission_id.rpartition("/")[0]


def histories(entries: Iterable[Entry]) -> dict[str, Version]:
    """All versions by id. Raises StepRefused at an entry that the life cycle does not allow."""
    versions: dict[str, Version] = {}
    for entry in entries:
        apply(versions, entry)
    return versions


def apply(versions: dict[str, Version], entry: Entry) -> Version:
    """Put the entry into effect. Raises StepRefused, and then nothing has changed."""
    if entry.action == "prepared":
        return _register(versions, entry)
    version = versions.get(entry.submission_id)
    if version is None or version.prepared["manifest_sha256"] != entry.payload["manifest_sha256"]:
        raise StepRefused(
            f"{entry.submission_id} is not registered with this content.",
            "台账中没有登记这一版本的内容。",
            "Prepare it first: certhouse submission prepare.",
        )
    changed = _changed(versions, version, entry)
    versions[entry.submission_id] = replace(changed, entries=(*version.entries, entry))
    return versions[entry.submission_id]


def _register(versions: dict[str, Version], entry: Entry) -> Version:
    series = series_of(entry.submission_id)
    number = entry.payload["version"]
    earlier = [f"{series}/v{before}" for before in range(1, number)]
    named = f"{series}/v{number}"
    if entry.submission_id != named or named in versions or not all(name in versions for name in earlier):
        raise StepRefused(
            f"{entry.submission_id} cannot be registered as version {number}: versions come one after another.",
            "登记的版本号不连续。",
            "Versions are registered in order, each once; see certhouse submission list.",
        )
    for name in earlier:
        versions[name] = replace(versions[name], superseded_by=number)
    versions[entry.submission_id] = Version(entry.submission_id, entry.payload, entries=(entry,))
    return versions[entry.submission_id]


def _changed(versions: Mapping[str, Version], version: Version, entry: Entry) -> Version:
    step = _ANSWERS[entry.payload["result"]] if entry.action == "answered" else _STEPS[entry.action]
    corrects = bool(entry.payload.get("instead_because"))
    phase = after(version.submission_id, version.phase, version.superseded_by, step, corrects=corrects)
    _refuse_earlier_day(version, entry)
    if step is Step.JUSTIFY:
        _refuse_unknown_warning(version, entry.payload["warnings"])
        new = dict.fromkeys(entry.payload["warnings"], entry.payload["justification"])
        return replace(version, justifications={**version.justifications, **new})
    if step is Step.CHECK:
        _refuse_unfit(version)
    if step is Step.APPROVE:
        _refuse_partial(versions, version, entry.actor)
    if entry.action == "answered":
        rejected = tuple(RejectedRow(**row) for row in entry.payload["rejected"])
        answer = Answer(entry.payload["result"], entry.payload["receipt_no"], entry.on, rejected)
        return replace(version, phase=phase, answer=answer)
    return replace(version, phase=phase)


def _refuse_earlier_day(version: Version, entry: Entry) -> None:
    last = version.entries[-1]
    # The day of preparing is the clerk's; the life cycle's own order starts with the check.
    if last.action not in ("prepared", "justified") and entry.on < last.on:
        raise StepRefused(
            f"{entry.submission_id} was {last.action} on {last.on}: it cannot be {entry.action} on {entry.on}.",
            f"日期{entry.on}早于上一步的日期{last.on}。",
            "Give the day on which it really happened with --on YYYY-MM-DD.",
        )


def _refuse_unknown_warning(version: Version, warnings: Sequence[str]) -> None:
    unknown = [name for name in warnings if name not in version.prepared["warning_checks"]]
    if unknown or not warnings:
        known = ", ".join(version.prepared["warning_checks"]) or "none"
        raise StepRefused(
            f"{version.submission_id} has no warning {', '.join(map(repr, unknown))}.",
            "该版本没有这一项提示。",
            f"Its warnings: {known}.",
        )


def _refuse_unfit(version: Version) -> None:
    name, content = version.submission_id, version.prepared
    if content["errors"]:
        raise StepRefused(
            f"{name} has {content['errors']} errors: it cannot be checked off.",
            f"有{content['errors']}项错误，须先改正。",
            f"Work through errors.xlsx in submissions/{name}, correct the records, run, and prepare it again.",
        )
    if not content["ready"]:
        raise StepRefused(
            f"{name} is not ready to be filed.",
            "；".join(content["not_ready_because"]) or "尚未就绪",
            "Prepare it again when that is over, from a warehouse of that day.",
        )
    if version.unjustified:
        raise StepRefused(
            f"{name} has {len(version.unjustified)} warnings without a justification: "
            f"{', '.join(version.unjustified)}.",
            f"有{len(version.unjustified)}项提示尚未书面说明。",
            f"For each: certhouse submission justify {name} --by NAME --warning NAME --because TEXT",
        )


def _refuse_partial(versions: Mapping[str, Version], version: Version, actor: str) -> None:
    """Two people, neither of whom prepared this or an earlier version of it (a correction is preparing)."""
    person = person_key(actor)
    involved = [versions[f"{version.series}/v{number}"] for number in range(1, version.number + 1)]
    if any(person == person_key(name) for other in involved for name in other.people("prepared")):
        raise StepRefused(
            f"{actor} prepared {version.submission_id} or a version before it and cannot approve it.",
            "编制人（含更正前版本的编制人）不能批准。",
            "Two people who did not prepare it have to approve it.",
        )
    if any(person == person_key(name) for name in version.people("approved")):
        raise StepRefused(
            f"{actor} has approved {version.submission_id} already.",
            "同一人不能批准两次。",
            "A second person has to approve it.",
        )
