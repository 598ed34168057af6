"""What is due: the warehouse's calendar of obligations, and how far the ledger has come with each.

The warehouse knows what has to be reported by when, and what was answered up to its run. The ledger knows what
has been prepared since, and who has to do what next. An obligation that the ledger knows as accepted is done,
even before the next run brings that into the warehouse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dagster_project.filing.progress import Key, LedgerLike, answers_of, fact_key, unsent_of
from dagster_project.filing.states import Phase, way_on
from reports.submissions.kinds import KINDS

OVERDUE, DUE, FORESEEN, UNDETERMINED = "overdue", "due", "foreseen", "undetermined"
SENT, REJECTED = "sent", "rejected"


@dataclass(frozen=True)
class Due:
    """One obligation that is not done.

    period         YYYY-MM or YYYY; None for audit plans and status changes
    due_on         None where the working days are not known: state is then `undetermined` until it is sent
    days_left      negative when overdue
    prepare_from_on  first day on which its file can be prepared
    state          overdue, due, foreseen, undetermined; or how far the newest version that covers it has come:
                   prepared, checked, half_approved, approved, sent, rejected
    submission_id  that version
    """

    body_id: str
    body_name: str
    kind: str
    period: str | None
    subject_type: str
    subject_id: str
    recipient: str
    clause: str
    due_on: date | None
    days_left: int | None
    prepare_from_on: date
    state: str
    submission_id: str | None = None

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0

    @property
    def is_unprepared(self) -> bool:
        """Nothing lies here that could be sent."""
        return self.state in (OVERDUE, DUE, UNDETERMINED, REJECTED)

    @property
    def _period_option(self) -> str:
        if self.period is None:
            return ""
        return f" --period {KINDS[self.kind].filing_period(self.period, self.recipient)}"

    @property
    def next_step(self) -> str:
        """What to do now, in plain words."""
        if self.submission_id is not None:
            return way_on(self.submission_id, Phase(self.state))
        prepare = f"certhouse submission prepare {self.kind}{self._period_option} --body {self.body_id}"
        if self.state == FORESEEN:
            return f"Nothing yet: from {self.prepare_from_on} on it can be prepared"
        if self.state == UNDETERMINED:
            return (
                f"Give the year's working days (--overrides) and run again; prepare it in any case: {prepare}"
            )
        if self.state == SENT:
            return "Wait for the answer, and enter it in the records"
        if self.state == REJECTED:
            return f"Correct the records, run again, and prepare it anew: {prepare}"
        return f"Prepare it: {prepare}"


def late_to_prepare(rows: Iterable[Due]) -> list[Due]:
    """What is overdue, or soon due, or of unknown day, and lies nowhere prepared."""
    return [
        row
        for row in rows
        if row.is_unprepared and (row.days_left is None or row.days_left <= KINDS[row.kind].remind_days)
    ]


def list_due(
    warehouse: Path,
    submissions: Path,
    ledger: LedgerLike | None = None,
    *,
    on: date | None = None,
    days: int | None = None,
    body: str | None = None,
) -> list[Due]:
    """Obligations that are overdue or fall due within `days` (None: the whole calendar), the most urgent first.

    They are looked at from `on`; None: from the day for which the warehouse speaks.
    """
    answers = answers_of(ledger) if ledger else {}
    unsent = unsent_of(ledger, submissions) if ledger else {}
    found = []
    for row in _calendar(warehouse):
        if body is not None and row["body_id"] != body:
            continue
        row["seen_on"] = on or row["as_of"]
        if row["due_on"] is not None:
            row["days_left"] = (row["due_on"] - row["seen_on"]).days
        if days is not None and row["days_left"] is not None and row["days_left"] > days:
            continue
        key = _key_of(row)
        result, answered = answers.get(key, ("none", None))
        if result == "accepted":
            continue
        state, submission_id = unsent.get(key) or _state(row, result, answered)
        found.append(
            Due(
                **{name: row[name] for name in _SHOWN},
                state=state,
                submission_id=submission_id,
            )
        )
    return found


_SHOWN = (
    "body_id", "body_name", "kind", "period", "subject_type", "subject_id",
    "recipient", "clause", "due_on", "days_left", "prepare_from_on",
)  # fmt: skip

_CALENDAR = (
    "select * from marts.fct_submission_calendar"
    " order by due_on nulls first, body_id, kind, period, recipient, subject_type <> 'body', subject_id"
)


def _calendar(warehouse: Path) -> Iterator[dict[str, Any]]:
    """What is due, with the body's name and the warehouse's day."""
    from reports.warehouse import open_warehouse

    with open_warehouse(warehouse) as connection:
        bodies = dict(connection.execute("select body_id, name from marts.dim_certification_body").fetchall())
        run = connection.execute("select as_of from marts.dim_run").fetchone()
        assert run is not None
        found = connection.execute(_CALENDAR)
        names = [name for name, *_ in found.description or ()]
        for values in found.fetchall():
            row = dict(zip(names, values, strict=True))
            yield {**row, "body_name": bodies.get(row["body_id"]), "as_of": run[0]}


def _state(row: Mapping[str, Any], result: str, submission_id: str | None) -> tuple[str, str | None]:
    """Not prepared: what was answered to what was sent last, else how far the day is away."""
    if result == "pending":
        return SENT, submission_id
    if result == "rejected":
        return REJECTED, submission_id
    if row["reported_state"] == "pending":
        return SENT, None
    if row["reported_state"] == "rejected":
        return REJECTED, None
    if row["due_on"] is None:
        return UNDETERMINED, None
    if row["days_left"] < 0:
        return OVERDUE, None
    return (FORESEEN if row["prepare_from_on"] > row["seen_on"] else DUE), None


def _key_of(row: Mapping[str, Any]) -> Key:
    recipient = None if row["kind"] == "monthly" else row["recipient"]
    return fact_key(row["report_kind"], row["body_id"], row["period"], row["subject_id"], recipient)


@dataclass(frozen=True)
class DueGroup:
    """Obligations that one file discharges and that have come equally far: one line for people."""

    rows: tuple[Due, ...]

    @property
    def first(self) -> Due:
        return self.rows[0]

    @property
    def subjects(self) -> tuple[str, ...]:
        """Audits, certificates and events; none when it is only about the body."""
        return tuple(row.subject_id for row in self.rows if row.subject_type != "body")


def grouped(rows: Sequence[Due], *, by_state: bool = True) -> list[DueGroup]:
    """By body, kind, period, recipient and due day, and by state and version; in the order of their first."""
    groups: dict[tuple[Any, ...], list[Due]] = {}
    for row in rows:
        key = (row.due_on, row.body_id, row.kind, row.period, row.recipient)
        groups.setdefault((*key, row.state, row.submission_id) if by_state else key, []).append(row)
    return [DueGroup(tuple(found)) for found in groups.values()]
