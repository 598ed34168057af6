"""The surveillance chain of a main ITSMS certificate: what was due when, and what was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .arithmetic import add_months
from .judging import NOT_APPLICABLE, deadline_state
from .records import Audit, Certificate
from .status import end
from .world import World, ended

HORIZON = 90


@dataclass(frozen=True, slots=True)
class Link:
    """The n-th surveillance of a certificate; the state does not look at the rule's effective date."""

    certificate: Certificate
    n: int
    due: date
    audit: Audit | None
    state: str

    @property
    def done(self) -> date | None:
        """The day on which the audit that does this link ended."""
        return None if self.audit is None else ended(self.audit)

    def days_overdue(self, as_of: date) -> int | None:
        """Days after due on which it was done, or still is not; None where the link is not applicable."""
        if self.state == NOT_APPLICABLE:
            return None
        return max(0, ((self.done or as_of) - self.due).days)


def main_certificates(world: World) -> list[Certificate]:
    """ITSMS certificates that are not sub-certificates, issued by as_of."""
    return [row for row in world.itsms_certificates if row.parent_certificate_id is None]


def follow_ups(world: World, certificate: Certificate) -> list[Audit]:
    """Completed surveillance and recertification audits of a certificate since its issue, in order."""
    audits = world.audits_of_certificate.get(certificate.certificate_id, [])
    return [
        audit
        for audit in world.in_order(audits, "surveillance", "recertification")
        if ended(audit) >= certificate.issued_on
    ]


def ended_without(world: World, certificate: Certificate, due: date, done: date | None) -> bool:
    """Whether the certificate ended on or before a due day with nothing done."""
    over = end(world, certificate)
    return done is None and over is not None and over.on <= due


def link(world: World, certificate: Certificate, n: int, due: date, audit: Audit | None) -> Link:
    """One link with its state."""
    done = None if audit is None else ended(audit)
    if due > certificate.expires_on or ended_without(world, certificate, due, done):
        state = NOT_APPLICABLE
    else:
        state = deadline_state(world.as_of, due, done, HORIZON)
    return Link(certificate, n, due, audit, state)


def links_of(world: World, certificate: Certificate) -> Iterator[Link]:
    """The first link, and each further one while the one before was done by a surveillance."""
    audits = iter(follow_ups(world, certificate))
    n, due = 1, add_months(certificate.issued_on, 12)
    while True:
        audit = next(audits, None)
        yield link(world, certificate, n, due, audit)
        if audit is None or audit.audit_type == "recertification":
            return
        n, due = n + 1, add_months(ended(audit), 12)
        if due > certificate.expires_on:
            return


def chain(world: World) -> list[Link]:
    """Every link of every main ITSMS certificate."""
    return [one for certificate in main_certificates(world) for one in links_of(world, certificate)]
