"""Chapter 7, the events: suspension, restoration, revocation, cancellation (the grounds stand in rules_grounds)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby, permutations, product
from typing import NamedTuple

from .arithmetic import add_days, add_months
from .audits import is_itsms
from .chain import has_links, links
from .clients import client
from .judging import (
    BREACH,
    NOT_APPLICABLE,
    PASS,
    UNDETERMINED,
    WARNING,
    Judgement,
    Population,
    Subject,
    any_of,
    breach_if,
    deadline,
    each,
    rule,
    warning_if,
)
from .lines import completed_audits, current_row
from .records import Record
from .rules_decision import is_within
from .rules_nonconformity import found_in, verification_due
from .status import end, ends_without_events, place
from .world import World, blank, earliest

TERM_DAYS = 5
STOPPING = ("suspended", "revoked", "cancelled")
CHANGING = (*STOPPING, "restored")


def events(*kinds: str) -> Population:
    """Events of ITSMS certificates of these kinds (none: all six), on the day they took effect."""

    @each("certificate_event")
    def found(world: World, row: Record) -> Iterator[Subject]:
        if (not kinds or row.event in kinds) and is_itsms(world.get("certificate", row.certificate_id)):
            yield Subject(row.event_id, row.effective_on, row)

    return found


def reason(row: Record) -> str:
    """The reason code, blanks removed, full-width brackets half-width."""
    return "".join((row.reason_code or "").replace("（", "(").replace("）", ")").split())


# --- 7.1 ----------------------------------------------

CLAUSES = {"suspended": "7.2", "revoked": "7.3", "cancelled": "7.4"}


@rule("R7.1", events(*STOPPING), reads=("certificate_event.reason_code",))
def reason_of_the_clause(_: World, row: Record) -> str:
    """The reason is one of the event's own clause."""
    code = reason(row)
    if not code.startswith("7."):
        return UNDETERMINED
    return breach_if(not code.startswith(CLAUSES[row.event]))


@rule("R7.1-b", events(*CHANGING), kept=("certificate_event.decided_on",))
def decided_before_it_took_effect(world: World, row: Record) -> str:
    """Decided by the day on which it took effect."""
    decided = world.known(row.decided_on)
    return warning_if(None if decided is None else decided > row.effective_on)


# --- 7.2.1, 7.2.2, 7.3: the event itself ----------------------------------------------


def late_after_finding(world: World, row: Record) -> str:
    """Whether the event took effect more than five days after the finding was established, or before it."""
    established = world.known(row.established_on)
    if established is None:
        return UNDETERMINED
    if row.effective_on > add_days(established, TERM_DAYS):
        return BREACH
    return WARNING if established > row.effective_on else breach_if(False)


rule("R7.2.1", events("suspended"))(late_after_finding)
rule("R7.3-e", events("revoked"))(late_after_finding)


@rule("R7.2.2", events("suspended"))
def term(_: World, row: Record) -> str:
    """A suspension has a term, of six months at most."""
    until = row.suspended_until
    return breach_if(until is None or until > add_months(row.effective_on, 6) or until < row.effective_on)


def later_events(world: World, row: Record, *kinds: str) -> list[Record]:
    """The certificate's events of these kinds after an event, in order."""
    return sorted(
        (
            other
            for other in world.of("certificate_event", "certificate_id", row.certificate_id)
            if other is not row
            and other.event in kinds
            and world.happened(other.effective_on)
            and place(other) > place(row)
        ),
        key=place,
    )


def settled_on(world: World, row: Record) -> date | None:
    """The day of the next restored, revoked or cancelled event after a suspension, or of the certificate's end."""
    certificate = world.get("certificate", row.certificate_id)
    over = None if certificate is None else end(world, certificate)
    following = later_events(world, row, "restored", "revoked", "cancelled")
    return earliest(following[0].effective_on if following else None, None if over is None else over.on)


@each("certificate_event")
def terms(world: World, row: Record) -> Iterator[Subject]:
    """Suspensions with the end of their term, also one that is still to come."""
    if (
        row.event == "suspended"
        and is_itsms(world.get("certificate", row.certificate_id))
        and world.happened(row.effective_on)
    ):
        until = row.suspended_until
        yield Subject(row.event_id, add_months(row.effective_on, 6) if until is None else until, row)


@rule("R7.3-3", terms, is_term=True)
def settled_after_term(world: World, row: Record) -> Judgement:
    """Restored, revoked or cancelled within five days of the term's end."""
    until = row.suspended_until
    over = add_months(row.effective_on, 6) if until is None else until
    found = deadline(world, add_days(over, TERM_DAYS), settled_on(world, row))
    certificate = world.get("certificate", row.certificate_id)
    if found.state != PASS and (certificate is None or certificate.is_stub):
        return Judgement(UNDETERMINED, found.due_on)  # its end may have come before
    return found


# --- the order of a certificate's events ----------------------------------------------

Order = tuple[Record, ...]


def orders(world: World, certificate_id: str) -> list[Order]:
    """The orders that the certificate's events may have had: by day, then seq; unknown where that says nothing."""
    rows = sorted(
        (
            row
            for row in world.of("certificate_event", "certificate_id", certificate_id)
            if row.solid("event") is not None and world.happened(row.solid("effective_on"))
        ),
        key=place,
    )
    days = [list(some) for _, some in groupby(rows, key=lambda row: row.solid("effective_on"))]
    return [
        tuple(row for some in chosen for row in some)
        for chosen in product(*(_arrangements(some) for some in days))
    ]


def _arrangements(rows: list[Record]) -> list[Order]:
    """The orders of a day's events that their seq allows."""
    seqs = [row.solid("seq") for row in rows]
    if None not in seqs and len(set(seqs)) == len(seqs):
        return [tuple(rows)]
    return [some for some in permutations(rows) if _is_allowed(some)]


def _is_allowed(some: Order) -> bool:
    seqs = [row.solid("seq") for row in some]
    return all(
        one is None or other is None or one <= other
        for index, one in enumerate(seqs)
        for other in seqs[index + 1 :]
    )


class Before(NamedTuple):
    """How a certificate stood just before an event, by its own events and end."""

    suspension: Record | None  # the event that began the suspension in which it stood
    is_over: bool


def before(world: World, row: Record, order: Order) -> Before:
    """How the certificate stood just before one of the events of an order."""
    earlier = order[: order.index(row)]
    suspension: Record | None = None
    for other in earlier:
        if other.event == "suspended" and suspension is None:
            suspension = other
        elif other.event == "restored":
            suspension = None
    certificate = world.get("certificate", row.certificate_id)
    is_over = any(other.event in ("revoked", "cancelled") for other in earlier)
    if certificate is not None and certificate.is_stub:
        # Its term is unknown; an unreadable one of a known certificate is no expiry (certificate_status).
        is_over = is_over or row.effective_on > add_days(certificate.expires_on, 1)
    elif certificate is not None:
        is_over = is_over or any(one.on < row.effective_on for one in ends_without_events(world, certificate))
    return Before(suspension, is_over)


def in_every_order(world: World, row: Record, judge: Callable[[Order], str]) -> str:
    """What holds in every order that the events may have had, else undetermined; nothing without a certificate."""
    if row.is_unknown("certificate_id"):
        return UNDETERMINED
    found = {judge(order) for order in orders(world, row.certificate_id)}
    return found.pop() if len(found) == 1 else UNDETERMINED


@rule("R7-seq", events())
def sequence(world: World, row: Record) -> str:
    """An event that the certificate's status allows, in the order of dates."""
    if row.is_unknown("event", "effective_on"):
        return UNDETERMINED
    seq = row.solid("seq")
    rows = [
        other
        for other in world.of("certificate_event", "certificate_id", row.certificate_id)
        if world.happened(other.solid("effective_on"))
    ]
    out_of_order = seq is not None and any(
        other.solid("seq") is not None and other.seq < seq and other.effective_on > row.effective_on
        for other in rows
    )
    if out_of_order:
        return BREACH
    # Of one whose seq nobody knows the order stays open where a later day is told before it, or may be.
    is_order_open = any(
        other.effective_on > row.effective_on and (seq is None or other.solid("seq") is None)
        for other in rows
    )
    allowed = UNDETERMINED if is_order_open else PASS
    if row.event not in CHANGING:
        return allowed
    certificate = world.get("certificate", row.certificate_id)

    def judge(order: Order) -> str:
        found = before(world, row, order)
        is_suspended = found.suspension is not None
        return breach_if(
            any_of(
                found.is_over,
                row.event == "restored" and not is_suspended,
                row.event == "suspended" and is_suspended,
            )
        )

    found = in_every_order(world, row, judge)
    if found == PASS:
        found = allowed
    if found == BREACH or certificate is None:
        return found
    early = row.effective_on < certificate.issued_on
    return BREACH if early else found


# --- 7.4 ----------------------------------------------


@rule("R7.4", events("cancelled"))
def cancelled_while_suspended(world: World, row: Record) -> str:
    """Not cancelled while suspended."""
    dayless = any(
        other is not row and other.is_unknown("effective_on") and (other.peek("event") in (*CHANGING, None))
        for other in world.of("certificate_event", "certificate_id", row.certificate_id)
    )
    if row.is_unknown("effective_on", "event"):
        return UNDETERMINED

    def judge(order: Order) -> str:
        found = before(world, row, order)
        if dayless and not found.is_over:
            return UNDETERMINED
        return breach_if(found.suspension is not None and not found.is_over)

    return in_every_order(world, row, judge)


def _owes_surveillance(world: World, certificate: Record, day: date) -> bool:
    """Whether a link of the line was overdue on a day."""
    current = current_row(world, certificate)
    return has_links(world, current) and any(
        link.state != NOT_APPLICABLE and link.is_overdue(day) for link in links(world, current)
    )


def _owes_verification(world: World, certificate: Record, day: date) -> bool:
    """Whether a major of a surveillance of the line was overdue on a day."""
    for audit in completed_audits(world, certificate, "surveillance"):
        for found in found_in(world, audit):
            due = verification_due(world, found)
            if (
                found.grade == "major"
                and found.raised_on <= day
                and due is not None
                and due < day
                and (found.verified_on is None or found.verified_on > day)
            ):
                return True
    return False


@rule(
    "R7.4-b",
    events("cancelled"),
    reads=(
        "nonconformity",
        "nonconformity.verified_on",
        "organization.legal_status_revoked_on",
        "organization.licence_required",
        "organization.licence_valid_until",
        "organization.closure_from",
        "organization.closure_until",
        "organization.blacklisted_from",
        "organization.blacklisted_until",
    ),
)
def cancelled_with_a_ground(world: World, row: Record) -> str:
    """Not cancelled while there was a ground to suspend or to revoke."""
    suspended = cancelled_while_suspended(world, row)
    if suspended != PASS:
        return NOT_APPLICABLE if suspended == BREACH else UNDETERMINED
    certificate = world.get("certificate", row.certificate_id)
    if certificate is None or certificate.is_stub:
        return UNDETERMINED
    day = row.effective_on
    owes = _owes_surveillance(world, certificate, day) or _owes_verification(world, certificate, day)
    return breach_if(any_of(owes, *_grounds_of_client(world, row, day)))


def _grounds_of_client(world: World, row: Record, day: date) -> Iterator[bool | None]:
    """The grounds that the client's own columns give on a day."""
    one = world.get("organization", client(world, row))
    if one is None or one.is_stub:
        yield None
        return
    yield is_within(one.blacklisted_from, one.blacklisted_until, day)
    yield one.legal_status_revoked_on is not None and one.legal_status_revoked_on <= day
    yield is_within(one.closure_from, one.closure_until, day)
    lapsed = one.licence_valid_until is not None and one.licence_valid_until < day
    if one.licence_required is None:
        yield None if lapsed else False
    else:
        yield one.licence_required and lapsed


# --- 7.2.3 ----------------------------------------------


@rule(
    "R7.2.3",
    events("restored"),
    reads=(
        "certificate_event.reason_code",
        "nonconformity",
        "nonconformity.verified_on",
        "organization.licence_valid_until",
        "organization.closure_from",
        "organization.closure_until",
    ),
)
def restored_after_the_cause(world: World, row: Record) -> str:
    """Restored only when the cause of the suspension was gone."""
    if row.is_unknown("event", "effective_on"):
        return UNDETERMINED

    def judge(order: Order) -> str:
        found = before(world, row, order)
        if found.suspension is None or found.is_over:
            return NOT_APPLICABLE
        return _cause_is_gone(world, found.suspension, row.effective_on)

    return in_every_order(world, row, judge)


def _cause_is_gone(world: World, suspension: Record, restored_on: date) -> str:
    """The state by the suspension's reason."""
    if blank(suspension.reason_code):
        return UNDETERMINED
    code = reason(suspension)
    certificate = world.get("certificate", suspension.certificate_id)
    if code == "7.2.1(6)":
        return _was_audited(world, certificate, suspension, restored_on)
    if code == "7.2.1(12)":
        return _was_verified(world, certificate, suspension, restored_on)
    if code not in ("7.2.1(5)", "7.2.1(9)"):
        return NOT_APPLICABLE
    one = world.get("organization", client(world, suspension))
    if one is None or one.is_stub:
        return UNDETERMINED
    if code == "7.2.1(5)":
        until = one.licence_valid_until
        return breach_if(None if until is None else until < restored_on)
    return breach_if(is_within(one.closure_from, one.closure_until, restored_on))


def _was_audited(world: World, certificate: Record | None, suspension: Record, restored_on: date) -> str:
    """7.2.1(6): an audit of the line was completed after the day that was missed."""
    if certificate is None or certificate.is_stub:
        return UNDETERMINED
    begun_on = suspension.effective_on
    current = current_row(world, certificate)
    overdue = (
        [link.due for link in links(world, current) if link.is_overdue(begun_on)]
        if has_links(world, current)
        else []
    )
    missed = min(overdue, default=add_days(begun_on, -1))
    return breach_if(
        not any(
            missed < audit.actual_end <= restored_on
            for audit in completed_audits(world, certificate, "surveillance", "recertification")
        )
    )


def _was_verified(world: World, certificate: Record | None, suspension: Record, restored_on: date) -> str:
    """7.2.1(12): every major of the line's surveillances that was raised by then is verified."""
    if certificate is None or certificate.is_stub:
        return UNDETERMINED
    return breach_if(
        any(
            found.grade == "major"
            and found.raised_on <= suspension.effective_on
            and (found.verified_on is None or found.verified_on > restored_on)
            for audit in completed_audits(world, certificate, "surveillance")
            for found in found_in(world, audit)
        )
    )
