"""Clauses 7.2.1 and 7.3, the grounds: what had to be suspended or revoked, and was it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from .arithmetic import add_days
from .audits import is_itsms
from .chain import Link, has_links, links
from .ground import ACT_DAYS, act, acts, answered, first_day
from .judging import (
    NOT_APPLICABLE,
    PASS,
    UNDETERMINED,
    Judgement,
    Subject,
    deadline,
    each,
    rule,
)
from .lines import current_row, whole_line
from .records import Record
from .rules_nonconformity import verification_due
from .rules_status import STOPPING
from .status import end, is_status
from .world import World

DISCOVERY_DAYS = 30


class Ground(NamedTuple):
    """A ground against a certificate: the client, g, and the last day on which the ground stands (NULL: still)."""

    row: Record
    client: Record
    g: date
    until: date | None


Span = Callable[[World, Record], tuple[date, date | None] | None]


def hit_by(span: Span, *statuses: str) -> Callable[[World, Record], Iterator[Subject]]:
    """ITSMS certificates with one of these statuses on a day on which a ground of the client stands."""

    def subjects(world: World, row: Record) -> Iterator[Subject]:
        if not is_itsms(row):
            return
        if row.is_unknown("org_id"):
            # Whose it is nobody knows: the client may be one that the data do not show.
            stood = first_day(world, row, date(1900, 1, 1), None, *statuses)
            if stood is not None:
                yield Subject(row.certificate_id, stood, None, row, is_in_question=True)
            return
        client = world.get("organization", row.org_id)
        if client is None or client.is_stub:
            return
        stands = span(world, client)
        if stands is None:
            return
        g = first_day(world, row, *stands, *statuses)
        if g is not None:
            yield Subject(row.certificate_id, g, Ground(row, client, g, stands[1]), row)

    return subjects


def lapsed(world: World, client: Record) -> tuple[date, date | None] | None:
    """From the day after a licence's last day on; a licence that is not required is none."""
    until = client.licence_valid_until
    if client.licence_required is False or until is None or until >= world.as_of:
        return None
    return add_days(until, 1), None


def closed(world: World, client: Record) -> tuple[date, date | None] | None:
    """While the client is ordered to close."""
    begins = client.closure_from
    return (begins, client.closure_until) if begins is not None and world.happened(begins) else None


def dissolved(world: World, client: Record) -> tuple[date, date | None] | None:
    """From the day on which the client lost its legal status."""
    begins = client.legal_status_revoked_on
    return (begins, None) if begins is not None and world.happened(begins) else None


def listed(world: World, client: Record) -> tuple[date, date | None] | None:
    """While the client is listed for serious dishonesty."""
    begins = client.blacklisted_from
    return (begins, client.blacklisted_until) if begins is not None and world.happened(begins) else None


def stopped(world: World, found: Ground) -> Judgement:
    """Suspended, revoked or cancelled after the ground; the certificate's end is as good."""
    over = end(world, found.row)
    return answered(
        world,
        found.g,
        act(world, found.row, found.g, *STOPPING),
        None if over is None else over.on,
        found.until,
    )


READS = ("certificate_event", "certificate_event.established_on")


@rule(
    "R7.2.1-5",
    each("certificate")(hit_by(lapsed, "valid")),
    reads=(*READS, "organization.licence_required", "organization.licence_valid_until"),
)
def stopped_for_licence(world: World, found: Ground) -> Judgement:
    """Suspended after the licence lapsed."""
    judged = stopped(world, found)
    if found.client.licence_required is None:
        return Judgement(UNDETERMINED, judged.due_on)
    return judged


rule(
    "R7.2.1-9",
    each("certificate")(hit_by(closed, "valid")),
    reads=(*READS, "organization.closure_from", "organization.closure_until"),
)(stopped)


def revoked(world: World, found: Ground) -> Judgement:
    """Revoked after the ground; expiry and renewal are as good, a cancellation is not."""
    row, due = found.row, add_days(found.g, DISCOVERY_DAYS)
    revocation, over = act(world, row, found.g, "revoked"), end(world, row)
    if over is None or over.how != "cancelled":
        return answered(world, found.g, revocation, None if over is None else over.on, found.until)
    if over.on <= due:
        return Judgement(NOT_APPLICABLE, due)
    return answered(world, found.g, None, None, found.until)


rule(
    "R7.3-1",
    each("certificate")(hit_by(dissolved, "valid", "suspended")),
    reads=(*READS, "organization.legal_status_revoked_on"),
)(revoked)
rule(
    "R7.3-2",
    each("certificate")(hit_by(listed, "valid", "suspended")),
    reads=(*READS, "organization.blacklisted_from", "organization.blacklisted_until"),
)(revoked)


# --- 7.2.1 (6), (12): a day of the body's own calendar was missed ----------------------------------------------


def stopped_after(world: World, row: Record, missed: date, done_late: date | None) -> Judgement:
    """Suspended on the day after, or stopped or done within five days of it; by the line's current row."""
    rows = whole_line(world, row)
    g = add_days(missed, 1)
    due = add_days(g, ACT_DAYS)
    if any(is_status(world, one, g, "suspended") for one in rows):
        return Judgement(PASS, due)
    answers = [event for one in rows for event in acts(world, one, *STOPPING) if event.effective_on > missed]
    first = min(answers, key=lambda event: event.effective_on, default=None)
    over = end(world, row)
    others = [day for day in (done_late, None if over is None else over.on) if day is not None]
    if first is not None and all(first.effective_on <= day for day in others):
        same_day = [event for event in answers if event.effective_on == first.effective_on]
        established = [event for event in same_day if world.known(event.established_on) is not None]
        return answered(world, g, (established or same_day)[0], None, days=ACT_DAYS)
    return deadline(world, due, min(others, default=None), horizon=ACT_DAYS)


@each("certificate")
def missed_links(world: World, row: Record) -> Iterator[Subject]:
    """Links that are not done, or were done late."""
    if not has_links(world, row):
        return
    for link in links(world, row):
        is_missed = link.done is None or link.done > link.due
        yield Subject(link.subject_id, link.due, link, row, is_none=not is_missed)


def is_later_link(subject_id: str) -> bool:
    """Whether a link's day hangs on when the one before was done."""
    return not subject_id.endswith("|1")


@rule("R7.2.1-6", missed_links, is_term=True, floating=is_later_link, reads=READS)
def stopped_for_surveillance(world: World, link: Link) -> Judgement:
    """Suspended when a surveillance was not done by its day."""
    if link.due >= world.as_of or link.state == NOT_APPLICABLE:
        return Judgement(NOT_APPLICABLE, add_days(link.due, 1 + ACT_DAYS))
    return stopped_after(world, link.certificate, link.due, link.done)


@each("nonconformity")
def unverified_majors(world: World, row: Record) -> Iterator[Subject]:
    """Majors of surveillances, not verified or verified late."""
    audit = world.get("audit", row.audit_id)
    if row.grade != "major" or not is_itsms(audit) or audit is None or audit.audit_type != "surveillance":
        return
    due, verified = verification_due(world, row), world.known(row.verified_on)
    if verified is None or (due is not None and verified > due):
        yield Subject(row.nc_id, row.raised_on, (row, audit, due), row)


@rule("R7.2.1-12", unverified_majors, reads=(*READS, "nonconformity.verified_on"))
def stopped_for_nonconformity(world: World, found: tuple[Record, Record, date | None]) -> Judgement:
    """Suspended when a major nonconformity was not verified by its day."""
    row, audit, missed = found
    if missed is None:
        return Judgement(UNDETERMINED)
    due = add_days(missed, 1 + ACT_DAYS)
    if missed >= world.as_of:
        return Judgement(NOT_APPLICABLE, due)
    certificate = world.get("certificate", audit.certificate_id)
    if certificate is None:
        return Judgement(UNDETERMINED, due)
    judged = stopped_after(world, current_row(world, certificate), missed, world.known(row.verified_on))
    if certificate.is_stub and judged.state != PASS:
        return Judgement(UNDETERMINED, due)  # it may have been suspended with its main one, or have ended
    return judged
