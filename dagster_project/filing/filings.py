"""A version as readers of the ledger see it: its state and the day of each step, no names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dagster_project.filing.history import RejectedRow, Version
from dagster_project.filing.states import Phase

_DAYS = {"prepared": "prepared", "checked": "checked", "approved": "approved", "sent": "sent"}


@dataclass(frozen=True)
class Filing:
    """One version of one submission.

    state    prepared, checked, approved (by two people), sent, accepted, partly_accepted, rejected, superseded
    phase    the same, whether or not a later version supersedes it; half_approved after the first approval
    states   the day of each state that it reached, Shanghai days; superseded is not a day's event of its own
    result   accepted, partly or rejected once it is answered
    """

    submission_id: str
    kind: str
    body_id: str
    period: str
    version: int
    state: str
    phase: str
    states: Mapping[str, date]
    ready: bool
    errors: int
    warnings: int
    unjustified: tuple[str, ...]
    subjects: int
    manifest_sha256: str
    form_profile: str
    as_of: date
    batch_id: str
    superseded_by: int | None
    result: str | None
    receipt_no: str
    rejected: tuple[RejectedRow, ...]

    @property
    def prepared_on(self) -> date:
        return self.states["prepared"]

    @property
    def checked_on(self) -> date | None:
        return self.states.get("checked")

    @property
    def approved_on(self) -> date | None:
        return self.states.get("approved")

    @property
    def sent_on(self) -> date | None:
        return self.states.get("sent")

    @property
    def answered_on(self) -> date | None:
        """The day of the receipt, whatever it says."""
        return next((self.states[name] for name in _ANSWERED if name in self.states), None)


_ANSWERED = (Phase.ACCEPTED, Phase.PARTLY_ACCEPTED, Phase.REJECTED)


def filings(versions: Mapping[str, Version]) -> list[Filing]:
    """By kind, body, period and version."""
    ordered = sorted(versions.values(), key=lambda version: (version.series, version.number))
    return [_filing(version) for version in ordered]


def _filing(version: Version) -> Filing:
    content, answer = version.prepared, version.answer
    days = {state: version.day_of(action) for state, action in _DAYS.items()}
    if answer is not None:
        days[version.phase] = answer.on
    return Filing(
        submission_id=version.submission_id,
        kind=content["kind"],
        body_id=content["body_id"],
        period=content["period"],
        version=version.number,
        state=str(version.state),
        phase=str(version.phase),
        states={str(state): day for state, day in days.items() if day is not None},
        ready=content["ready"],
        errors=content["errors"],
        warnings=content["warnings"],
        unjustified=version.unjustified,
        subjects=content["subjects"],
        manifest_sha256=content["manifest_sha256"],
        form_profile=content["form_profile"],
        as_of=date.fromisoformat(content["as_of"]),
        batch_id=content["batch_id"],
        superseded_by=version.superseded_by,
        result=answer.result if answer else None,
        receipt_no=answer.receipt_no if answer else "",
        rejected=answer.rejected if answer else (),
    )
