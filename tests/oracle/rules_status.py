"""Chapter 7: suspension, revocation, cancellation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from .arithmetic import add_days, add_months
from .chain import Link, chain
from .judging import (
    BREACH,
    NOT_APPLICABLE,
    UNDETERMINED,
    Judgement,
    Subject,
    breach_if,
    deadline,
    rule,
)
from .records import Certificate, CertificateEvent, Nonconformity, Organization
from .rules_conduct import majors, verification_due
from .status import end, is_status, suspension_events
from .world import World, earliest

TERM_DAYS = 5
STOPPING = ("suspended", "revoked", "cancelled")


def events(*kinds: str) -> Callable[[World], Iterator[Subject[CertificateEvent]]]:
    """Events of ITSMS certificates of these kinds (none given: all six), on the day they took effect."""

    def population(world: World) -> Iterator[Subject[CertificateEvent]]:
        for row in world.itsms_events:
            if not kinds or row.event in kinds:
                yield Subject(row.event_id, row.effective_on, row)

    return population


def late_after_finding(_: World, row: CertificateEvent) -> str:
    """Whether the event took effect more than five days after the finding was established."""
    if row.established_on is None:
        return UNDETERMINED
    return breach_if(row.effective_on > add_days(row.established_on, TERM_DAYS))


rule("R7.2.1", events("suspended"))(late_after_finding)
rule("R7.3-e", events("revoked"))(late_after_finding)


@rule("R7.2.2", events("suspended"))
def term(_: World, row: CertificateEvent) -> str:
    """A suspension has a term, of six months at most."""
    return breach_if(row.suspended_until is None or row.suspended_until > add_months(row.effective_on, 6))


def first_event(
    world: World, certificate: Certificate, kinds: tuple[str, ...], from_day: date
) -> date | None:
    """The first event of these kinds on or after a day."""
    rows = world.events.get(certificate.certificate_id, [])
    return earliest(
        *(row.effective_on for row in rows if row.event in kinds and row.effective_on >= from_day)
    )


def end_day(world: World, certificate: Certificate) -> date | None:
    """The day of the certificate's end."""
    over = end(world, certificate)
    return None if over is None else over.on


def stopped(world: World, certificate: Certificate, kinds: tuple[str, ...], from_day: date) -> date | None:
    """The first event of these kinds on or after a day, or the certificate's end."""
    return earliest(first_event(world, certificate, kinds, from_day), end_day(world, certificate))


# --- what happens to the client ----------------------------------------------


def hit_by(
    day_of: Callable[[Organization], date | None], *statuses: str
) -> Callable[[World], Iterator[Subject[tuple[Certificate, date]]]]:
    """ITSMS certificates with one of these statuses on a day in the client's life that has come."""

    def population(world: World) -> Iterator[Subject[tuple[Certificate, date]]]:
        for row in world.itsms_certificates:
            day = world.known(day_of(world.organization[row.org_id]))
            if day is not None and is_status(world, row, day, *statuses):
                yield Subject(row.certificate_id, day, (row, day))

    return population


def lapsed_licence(client: Organization) -> date | None:
    """The day to which a licence that is required is valid."""
    return client.licence_valid_until if client.licence_required else None


@rule("R7.2.1-5", hit_by(lapsed_licence, "valid"))
def suspended_for_licence(world: World, pair: tuple[Certificate, date]) -> Judgement:
    """Suspended within five days of the licence's last day."""
    row, day = pair
    return deadline(world, add_days(day, TERM_DAYS), stopped(world, row, STOPPING, day), horizon=5)


def revoked_in_time(world: World, pair: tuple[Certificate, date]) -> Judgement:
    """Revoked within five days of the day."""
    row, day = pair
    return deadline(world, add_days(day, TERM_DAYS), stopped(world, row, ("revoked",), day), horizon=5)


rule("R7.3-1", hit_by(lambda client: client.legal_status_revoked_on, "valid", "suspended"))(revoked_in_time)
rule("R7.3-2", hit_by(lambda client: client.blacklisted_from, "valid", "suspended"))(revoked_in_time)


# --- what the client did not do in time ----------------------------------------------


def suspended_in_time(
    world: World, certificate: Certificate | None, missed: date, done_late: date | None
) -> Judgement:
    """After a day that was missed: suspended on it, or stopped or done within five days."""
    if missed >= world.as_of:
        return Judgement(NOT_APPLICABLE)
    if certificate is None:
        return Judgement(UNDETERMINED)
    if is_status(world, certificate, missed, "suspended"):
        done: date | None = missed
    else:
        done = earliest(done_late, stopped(world, certificate, STOPPING, add_days(missed, 1)))
    return deadline(world, add_days(missed, TERM_DAYS), done, horizon=5)


def missed_links(world: World) -> Iterator[Subject[Link]]:
    """Surveillances that applied and were not done, or done late."""
    for link in chain(world):
        missed = link.done is None or link.done > link.due
        if missed and link.state != NOT_APPLICABLE:
            yield Subject(f"{link.certificate.certificate_id}|{link.n}", link.due, link)


@rule("R7.2.1-6", missed_links, is_term=True)
def suspended_for_surveillance(world: World, link: Link) -> Judgement:
    """Suspended within five days of the surveillance's due day."""
    return suspended_in_time(world, link.certificate, link.due, link.done)


def unverified_majors(world: World) -> Iterator[Subject[Nonconformity]]:
    """Major nonconformities of surveillances, not verified or verified late."""
    for subject in majors(world):
        row = subject.row
        if world.audit[row.audit_id].audit_type == "surveillance":
            due, verified = verification_due(world, row), world.known(row.verified_on)
            if verified is None or (due is not None and verified > due):
                yield subject


@rule("R7.2.1-12", unverified_majors)
def suspended_for_nonconformity(world: World, row: Nonconformity) -> Judgement:
    """Suspended within five days of the verification's due day."""
    due = verification_due(world, row)
    if due is None:
        return Judgement(UNDETERMINED)
    certificate = world.certificate.get(world.audit[row.audit_id].certificate_id or "")
    return suspended_in_time(world, certificate, due, world.known(row.verified_on))


# --- what follows an event ----------------------------------------------


def terms(world: World) -> Iterator[Subject[CertificateEvent]]:
    """Suspensions that have a term, also one that is still to come."""
    for subject in events("suspended")(world):
        if subject.row.suspended_until is not None:
            yield Subject(subject.id, subject.row.suspended_until, subject.row)


def place(row: CertificateEvent) -> tuple[date, int]:
    """The order of a certificate's events."""
    return row.effective_on, row.seq


@rule("R7.3-3", terms, is_term=True)
def settled_after_term(world: World, row: CertificateEvent) -> Judgement:
    """Restored, revoked or cancelled within five days of the term's end."""
    if row.suspended_until is None:
        return Judgement(UNDETERMINED)
    later = [other for other in world.events[row.certificate_id] if place(other) > place(row)]
    settled = earliest(
        *(other.effective_on for other in later if other.event in ("restored", "revoked", "cancelled")),
        end_day(world, world.certificate[row.certificate_id]),
    )
    return deadline(world, add_days(row.suspended_until, TERM_DAYS), settled)


def is_suspended_before(world: World, row: CertificateEvent) -> bool:
    """Whether the last suspended or restored event before this one is a suspension."""
    earlier = [other for other in suspension_events(world, row.certificate_id) if place(other) < place(row)]
    return bool(earlier) and earlier[-1].event == "suspended"


def is_over_before(world: World, row: CertificateEvent) -> bool:
    """Whether the certificate had ended: by an earlier event, or replaced or expired on an earlier day."""
    certificate = world.certificate[row.certificate_id]
    by_event = any(
        other.event in ("revoked", "cancelled") and place(other) < place(row)
        for other in world.events[row.certificate_id]
    )
    replaced = any(
        successor.issued_on < row.effective_on for successor in world.successors.get(row.certificate_id, [])
    )
    return by_event or replaced or row.effective_on > add_days(certificate.expires_on, 1)


@rule("R7.4", events("cancelled"))
def cancelled_while_suspended(world: World, row: CertificateEvent) -> str:
    """Not cancelled while suspended."""
    return breach_if(is_suspended_before(world, row) and not is_over_before(world, row))


@rule("R7-seq", events())
def sequence(world: World, row: CertificateEvent) -> str:
    """An event that the certificate's status allows, in the order of dates."""
    if any(
        other.seq < row.seq and other.effective_on > row.effective_on
        for other in world.events[row.certificate_id]
    ):
        return BREACH
    if row.event not in ("suspended", "restored", "revoked", "cancelled"):
        return breach_if(False)
    certificate = world.certificate[row.certificate_id]
    suspended = is_suspended_before(world, row)
    return breach_if(
        row.effective_on < certificate.issued_on
        or is_over_before(world, row)
        or (row.event == "restored" and not suspended)
        or (row.event == "suspended" and suspended)
    )
