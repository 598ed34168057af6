"""What waits for somebody: the next step of every current version, and the rows that came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dagster_project.filing.history import RejectedRow, Version
from dagster_project.filing.states import Phase, way_on
from reports.submissions.kinds import is_daily

_WAITING = {
    Phase.PREPARED: "check",
    Phase.CHECKED: "first approval",
    Phase.HALF_APPROVED: "second approval",
    Phase.APPROVED: "sending",
    Phase.SENT: "receipt",
    Phase.PARTLY_ACCEPTED: "correction",
    Phase.REJECTED: "correction",
}

_BY_NEW_VERSION = ("correction", "its period to end")
_PREPARE_AGAIN = (
    "Correct the records (or what the supplement adds), run, and prepare it again:"
    " certhouse submission prepare {kind} --body {body_id} --period {period}"
)
_JUSTIFY = "certhouse submission justify {id} --warning NAME --because TEXT --by NAME"


@dataclass(frozen=True)
class Task:
    """A version that waits. `waits_for` in a word or two; `details` names errors, warnings or obstacles."""

    submission_id: str
    waits_for: str
    next_step: str
    details: tuple[str, ...] = ()
    rejected: tuple[RejectedRow, ...] = ()


def work_list(versions: Mapping[str, Version]) -> list[Task]:
    """By submission. Of superseded versions only those whose answer is still to come.

    A daily file holds all that is not reported yet. So one that is empty, or that nobody has gone on with
    before the next day's, waits for nobody.
    """
    ordered = sorted(versions.values(), key=lambda version: (version.series, version.number))
    latest_day = {_body(version): version.prepared["period"] for version in ordered}
    return [
        task
        for version in ordered
        if not _is_past(version, latest_day[_body(version)]) and (task := _task(version))
    ]


def _body(version: Version) -> tuple[str, str]:
    return version.prepared["kind"], version.prepared["body_id"]


def _is_past(version: Version, latest_day: str) -> bool:
    content = version.prepared
    if not is_daily(content["kind"]) or version.phase is Phase.SENT:
        return False
    return not content["subjects"] or (version.phase is Phase.PREPARED and content["period"] < latest_day)


def _task(version: Version) -> Task | None:
    name, content = version.submission_id, version.prepared
    waits_for = _WAITING.get(version.phase)
    is_open = version.superseded_by is None or version.phase is Phase.SENT
    if waits_for is None or not is_open:
        return None
    details: tuple[str, ...] = ()
    if version.phase is Phase.PREPARED:
        details = tuple(content["not_ready_because"])
        if content["errors"]:
            waits_for = "correction"
            details = (f"{content['errors']} errors: see submissions/{name}/errors.xlsx",)
        elif details:
            waits_for = "its period to end"
        elif version.unjustified:
            waits_for = "justification"
            details = tuple(f"warning {warning}" for warning in version.unjustified)
    rejected = version.answer.rejected if version.answer else ()
    next_step = way_on(name, version.phase)
    if waits_for in _BY_NEW_VERSION:
        next_step = _PREPARE_AGAIN.format(**content)
    elif waits_for == "justification":
        next_step = _JUSTIFY.format(id=name)
    return Task(name, waits_for, next_step, details, rejected)
