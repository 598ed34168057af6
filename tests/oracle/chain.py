"""The surveillance links of a main ITSMS certificate's line: what was due when, and what was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .arithmetic import add_months
from .audits import is_itsms
from .judging import NOT_APPLICABLE, deadline_state
from .lines import completed_audits, is_current, start
from .records import Record
from .status import end
from .world import World, remembered

HORIZON = 90


@dataclass(frozen=True)
class Link:
    """The n-th surveillance of a line; the state does not look at the rule's effective date, nor at abroad."""

    certificate: Record
    n: int
    due: date
    audit: Record | None
    state: str

    @property
    def done(self) -> date | None:
        """The day on which the audit that does this link ended."""
        return None if self.audit is None else self.audit.actual_end

    @property
    def subject_id(self) -> str:
        """The link as the rules name it."""
        return f"{self.certificate.certificate_id}|{self.n}"

    def is_overdue(self, day: date) -> bool:
        """Due before a day and not done by it."""
        return self.due < day and (self.done is None or self.done > day)


def has_links(world: World, row: Record) -> bool:
    """Whether a certificate is the current row of a line of main ITSMS certificates."""
    return is_itsms(row) and row.parent_certificate_id is None and is_current(world, row)


@remembered
def links(world: World, row: Record) -> list[Link]:
    """The first link, and each further one while the one before was done by a surveillance."""
    return list(_links(world, row))


def _links(world: World, row: Record) -> Iterator[Link]:
    begins = start(world, row)
    audits = iter(
        [
            audit
            for audit in completed_audits(world, row, "surveillance", "recertification")
            if audit.actual_end >= begins
        ]
    )
    n, due = 1, add_months(begins, 12)
    while True:
        audit = next(audits, None)
        yield Link(row, n, due, audit, _state(world, row, due, audit))
        if audit is None or audit.audit_type == "recertification":
            return
        n, due = n + 1, add_months(audit.actual_end, 12)
        if due > row.expires_on:
            return


def _state(world: World, row: Record, due: date, audit: Record | None) -> str:
    over = end(world, row)
    over_without = audit is None and over is not None and over.on <= due
    if due > row.expires_on or over_without:
        return NOT_APPLICABLE
    return deadline_state(world.as_of, due, None if audit is None else audit.actual_end, HORIZON)


def days_overdue(world: World, link: Link) -> int | None:
    """Days after due on which it was done, or still is not; None where the link is not applicable."""
    if link.state == NOT_APPLICABLE:
        return None
    return max(0, ((link.done or world.as_of) - link.due).days)
