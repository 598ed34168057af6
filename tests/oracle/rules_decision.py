"""Clauses 5.10.4, 5.11.1 and 5.12: the certification decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from .arithmetic import add_days, add_months
from .audits import held_end, is_begun, is_completed, is_held, is_itsms, order, stages, team
from .clients import body, client, parent
from .judging import (
    BREACH,
    NOT_APPLICABLE,
    PASS,
    UNDETERMINED,
    WARNING,
    Judgement,
    Subject,
    any_of,
    breach_if,
    each,
    negated,
    rule,
    warning_if,
)
from .lines import audits_of_rows, completed_audits, current_row, next_begun, whole_line
from .records import Record
from .rules_conduct import (
    REPORT_DAYS,
    decisions,
    decisions_on,
    has_decision,
    is_rejected,
    itsms_audits_of,
)
from .rules_nonconformity import found_in, verification_due
from .status import end, is_status, main_row, own_events, status_on
from .world import World

DECISION_HORIZON = 60

every_decision = decisions()


def same_application(world: World, audit: Record) -> list[Record]:
    """The audit itself, and the other ITSMS audits of its application, whatever their status."""
    return [audit, *(other for other in itsms_audits_of(world, audit.application_id) if other is not audit)]


# --- 5.10.4 ----------------------------------------------


def was_suspended(world: World, certificate: Record, first: date, last: date) -> bool:
    """Whether a certificate (any row of its line) was suspended on some day of [first, last]."""
    rows = whole_line(world, certificate)
    mains = [main for main in (main_row(world, row) for row in rows) if main is not None]
    days = [first, *(event.effective_on for row in (*rows, *mains) for event in own_events(world, row))]
    return any(
        first <= day <= last and is_status(world, row, day, "suspended") for row in rows for day in days
    )


def _is_late(world: World, decision: Record, audit: Record, found: Record) -> bool | None:
    """Whether a major of the decision's own audits was verified after its day."""
    if decision.kind == "renew" or audit.audit_type == "special":
        return False
    due = verification_due(world, found)
    if due is None:
        return None
    if found.verified_on <= due:
        return False
    if decision.kind == "grant":
        return True
    certificate = world.get("certificate", audit.certificate_id or decision.certificate_id)
    if certificate is None:
        return None
    return not was_suspended(world, certificate, add_days(due, 1), decision.decided_on)


def _unsettled(world: World, decision: Record, audits: list[Record]) -> Iterator[bool | None]:
    """What stands against the decision among the nonconformities of its own audits."""
    for audit in audits:
        for found in found_in(world, audit):
            if found.raised_on > decision.decided_on:
                continue
            if found.grade == "major":
                open_still = found.verified_on is None or found.verified_on > decision.decided_on
                yield open_still or _is_late(world, decision, audit, found)
            elif decision.kind != "maintain":
                yield found.accepted_on is None or found.accepted_on > decision.decided_on


def _earlier_audits(world: World, audit: Record) -> list[Record]:
    """The completed audits of the line that come before the decision's audit in the order of audits."""
    certificate = world.get("certificate", audit.certificate_id)
    if certificate is None:
        return []
    ended = world.known(audit.actual_end) or held_end(world, audit) or world.as_of
    return [
        other
        for other in completed_audits(world, certificate)
        if other is not audit and order(other) < (ended, audit.audit_id)
    ]


@rule(
    "R5.10.4",
    decisions("grant", "renew", "extend", "maintain"),
    reads=("nonconformity", "nonconformity.verified_on", "nonconformity.accepted_on"),
)
def nonconformities_settled(world: World, row: Record) -> str:
    """Majors were verified, and in time; minors (but for maintain) accepted."""
    audit = world.get("audit", row.audit_id)
    if audit is None:
        return UNDETERMINED
    if audit.is_stub:
        return BREACH if any(one is True for one in _on_a_stub(world, row, audit)) else UNDETERMINED
    own = same_application(world, audit) if row.kind == "grant" else [audit]
    earlier = [
        found.verified_on is None or found.verified_on > row.decided_on
        for other in _earlier_audits(world, audit)
        for found in found_in(world, other)
        if found.grade == "major" and found.raised_on <= row.decided_on
    ]
    return breach_if(any_of(*_unsettled(world, row, own), *earlier))


def _on_a_stub(world: World, row: Record, audit: Record) -> Iterator[bool]:
    """What is open on an audit of which nothing else is known."""
    for found in found_in(world, audit):
        if found.raised_on <= row.decided_on:
            if found.grade == "major":
                yield found.verified_on is None or found.verified_on > row.decided_on
            elif row.kind != "maintain":
                yield found.accepted_on is None or found.accepted_on > row.decided_on


# --- 5.11.1 ----------------------------------------------


@rule("R5.11.1", every_decision, reads=("audit.report_issued_on",))
def report_first(world: World, row: Record) -> str:
    """The audit report was issued when the decision was taken."""
    audit = world.get("audit", row.audit_id)
    if audit is None or audit.is_stub:
        return UNDETERMINED
    issued = audit.report_issued_on
    return breach_if(issued is None or issued > row.decided_on)


# --- 5.12.1 ----------------------------------------------


@rule("R5.12.1-a", every_decision, reads=("audit_assignment",))
def not_on_the_team(world: World, row: Record) -> str:
    """The decision maker was on no team of the application's audits."""
    audit = world.get("audit", row.audit_id)
    if audit is None:
        return UNDETERMINED

    def is_on_team(one: Record) -> bool:
        return any(
            member.person_id == row.decided_by and member.role != "observer" for member in team(world, one)
        )

    if audit.is_stub:
        return UNDETERMINED
    return breach_if(
        any(
            is_on_team(one)
            for one in same_application(world, audit)
            if one is audit or is_completed(world, one) or one.status == "terminated"
        )
    )


@rule("R5.12.1-b", every_decision, reads=("person.left_on", "person.joined_on"))
def full_time(world: World, row: Record) -> str:
    """The decision maker is full-time, in service, and of the body."""
    person = world.get("person", row.decided_by)
    if person is None:
        return UNDETERMINED
    above = parent(world, row)
    return breach_if(
        (person.left_on is not None and person.left_on < row.decided_on)
        or (person.joined_on is not None and person.joined_on > row.decided_on)
        or person.employment == "part_time"
        or (above is not None and person.body_id != body(world, above))
    )


@rule("R5.12.1-c", every_decision)
def inside_the_country(world: World, row: Record) -> str:
    """The decision maker works in the PRC."""
    person = world.get("person", row.decided_by)
    return UNDETERMINED if person is None else breach_if(negated(person.works_in_prc))


def _has_audit(_: World, row: Record) -> bool:
    return row.audit_id is not None


@rule(
    "R5.12.1-d",
    decisions("grant", "renew", "extend", "maintain").where(_has_audit),
    reads=("audit.conclusion", "audit.top_manager_competent"),
)
def decided_against_the_team(world: World, row: Record) -> str:
    """No positive decision against a negative conclusion; never with a top manager found not competent."""
    audit = world.get("audit", row.audit_id)
    if audit is None or audit.is_stub or audit.conclusion is None:
        return UNDETERMINED
    if audit.conclusion not in ("not_recommend", "not_maintain"):
        return PASS
    if audit.top_manager_competent is None:
        return UNDETERMINED
    return WARNING if audit.top_manager_competent else BREACH


# --- 5.12.2 ----------------------------------------------


def lapsed_licence(organization: Record, day: date) -> bool | None:
    """Whether a licence that is required had lapsed before a day."""
    if organization.licence_required is None:
        return None
    if not organization.licence_required:
        return False
    return None if organization.licence_valid_until is None else organization.licence_valid_until < day


def is_within(first: date | None, last: date | None, day: date) -> bool:
    """Whether something that began, and may have ended, holds on a day."""
    return first is not None and first <= day and (last is None or last >= day)


@rule(
    "R5.12.2-1",
    decisions("grant", "renew", "extend"),
    reads=(
        "organization.legal_status_valid_until",
        "organization.legal_status_revoked_on",
        "organization.licence_required",
        "organization.licence_valid_until",
        "organization.closure_from",
        "organization.closure_until",
        "organization.blacklisted_from",
        "organization.blacklisted_until",
    ),
)
def conditions_at_the_decision(world: World, row: Record) -> str:
    """The conditions of 5.1.2 hold on the day of the decision."""
    above = parent(world, row)
    if above is None or above.is_stub:
        return UNDETERMINED
    one, day = world.get("organization", client(world, row)), row.decided_on
    if one is None or one.is_stub:
        return UNDETERMINED
    valid_until, revoked_on = one.legal_status_valid_until, one.legal_status_revoked_on
    return breach_if(
        any_of(
            valid_until is not None and valid_until < day,
            revoked_on is not None and revoked_on <= day,
            is_within(one.closure_from, one.closure_until, day),
            is_within(one.blacklisted_from, one.blacklisted_until, day),
            lapsed_licence(one, day),
        )
    )


# --- 5.12.3, 5.12.4 ----------------------------------------------


@rule("R5.12.3", decisions("grant"))
def initial_decision_in_time(world: World, row: Record) -> str:
    """Within six months of the last stage 2 before it."""
    audit = world.get("audit", row.audit_id)
    if audit is None:
        return NOT_APPLICABLE
    if audit.is_stub:
        return UNDETERMINED
    twos = [
        one
        for one in same_application(world, audit)
        if one.audit_type == "stage2" and is_itsms(one) and is_completed(world, one)
    ]
    before = sorted((two for two in twos if two.actual_end <= row.decided_on), key=order)
    if not before:
        return NOT_APPLICABLE
    return breach_if(row.decided_on > add_months(before[-1].actual_end, 6))


@each("application")
def undecided_applications(world: World, application: Record) -> Iterator[Subject]:
    """Applications with a completed stage 2, not rejected, neither granted nor refused; the day it lapses."""
    twos = stages(world, application.application_id, "stage2")
    if (
        twos
        and is_itsms(application)
        and not is_rejected(world, application)
        and not has_decision(world, application.application_id, "grant", "refuse")
    ):
        due = add_months(twos[-1].actual_end, 6)
        yield Subject(application.application_id, due, due, application)


@rule("R5.12.3-p", undecided_applications, is_term=True, reads=("decision",))
def initial_decision_coming(world: World, due: date) -> Judgement:
    """Sixty days before stage 2 lapses an undecided application warns."""
    return Judgement(WARNING if world.as_of >= add_days(due, -DECISION_HORIZON) else PASS, due)


class Renewal(NamedTuple):
    """A renewal's audit and the certificate that it audited."""

    audit: Record
    old: Record


def renewal(world: World, row: Record) -> Renewal | None:
    """The audit and the old certificate of a renewal, where both are known."""
    audit = world.get("audit", row.audit_id)
    if audit is None or audit.is_stub:
        return None
    old = world.get("certificate", audit.certificate_id)
    return None if old is None or old.is_stub else Renewal(audit, old)


def was_ready(world: World, row: Record) -> str:
    """Whether the renewal's audit and its majors were done at the old certificate's expiry."""
    found = renewal(world, row)
    if found is None:
        return UNDETERMINED
    audit, old = found
    if not is_completed(world, audit) or audit.actual_end > row.decided_on:
        return BREACH
    if audit.actual_end > old.expires_on:
        return BREACH
    if row.decided_on <= old.expires_on:
        return PASS
    return breach_if(
        any(
            nonconformity.grade == "major"
            and nonconformity.raised_on <= row.decided_on
            and (nonconformity.verified_on is None or nonconformity.verified_on > old.expires_on)
            for nonconformity in found_in(world, audit)
        )
    )


rule(
    "R5.12.4-b",
    decisions("renew"),
    reads=("nonconformity", "nonconformity.verified_on", "audit.actual_end"),
)(was_ready)


@rule("R5.12.4", decisions("renew"), reads=("nonconformity", "nonconformity.verified_on"))
def renewal_in_time(world: World, row: Record) -> str:
    """By the old certificate's expiry; six months later at the latest, if all was ready at expiry."""
    found = renewal(world, row)
    if found is None:
        return UNDETERMINED
    if row.decided_on > add_months(found.old.expires_on, 6):
        return BREACH
    if row.decided_on <= found.old.expires_on:
        return PASS
    return NOT_APPLICABLE if was_ready(world, row) == BREACH else WARNING


@each("audit")
def undecided_recertifications(world: World, audit: Record) -> Iterator[Subject]:
    """Completed recertification audits that are neither renewed nor refused, on the old certificate's last day."""
    if (
        audit.audit_type == "recertification"
        and is_itsms(audit)
        and is_completed(world, audit)
        and not decisions_on(world, audit, "renew", "refuse")
    ):
        certificate = world.get("certificate", audit.certificate_id)
        is_known = certificate is not None and not certificate.is_stub
        due = certificate.expires_on if certificate is not None and is_known else None
        yield Subject(audit.audit_id, due, (certificate, due), audit)


@rule(
    "R5.12.4-p",
    undecided_recertifications,
    is_term=True,
    reads=("decision", "certificate_event"),
)
def renewal_coming(world: World, row: tuple[Record, date]) -> Judgement:
    """Sixty days before the old certificate's last day an undecided recertification warns."""
    certificate, due = row
    over = end(world, certificate)
    if over is not None and over.how != "expired":
        return Judgement(NOT_APPLICABLE)
    return Judgement(WARNING if world.as_of >= add_days(due, -DECISION_HORIZON) else PASS, due)


# --- 5.12.5, 5.12.6 ----------------------------------------------


@rule("R5.12.5", decisions("refuse"), reads=("decision.notified_on",))
def refusal_told(world: World, row: Record) -> str:
    """A refusal is told to the client."""
    told = world.known(row.notified_on)
    return warning_if((told is None or told < row.decided_on) and world.as_of > row.decided_on)


@each("audit")
def undecided_surveillances(world: World, audit: Record) -> Iterator[Subject]:
    """Held surveillance audits without a decision, on the day they ended."""
    if (
        audit.audit_type == "surveillance"
        and is_itsms(audit)
        and is_held(world, audit)
        and not decisions_on(world, audit, "maintain", "refuse", "extend", "reduce")
    ):
        yield Subject(audit.audit_id, held_end(world, audit), audit)


def _has_changed(world: World, audit: Record, certificate: Record) -> bool | None:
    """A changed or reissued event of the line from this audit's beginning to the next one's."""
    days = [
        event.effective_on
        for row in whole_line(world, certificate)
        for event in world.of("certificate_event", "certificate_id", row.certificate_id)
        if event.event in ("changed", "reissued") and world.happened(event.effective_on)
    ]
    if not days:
        return False
    begins = audit.actual_start
    if begins is None:
        return None
    following = next_begun(world, audit, certificate)
    return any(begins <= day and (following is None or day < following.actual_start) for day in days)


def _is_out_of_sight(world: World, audit: Record, current: Record) -> bool:
    """Superseded or expired on as_of, or stopped on some day since the audit began."""
    found = status_on(world, current, world.as_of)
    if found is None or found.status in ("superseded", "expired", "revoked", "cancelled", "suspended"):
        return True
    first = audit.actual_start if audit.actual_start is not None else audit.actual_end
    days = [first, *(event.effective_on for event in own_events(world, current))]
    main = main_row(world, current)
    if main is not None:
        days += [event.effective_on for event in own_events(world, main)]
    return any(
        first <= day <= world.as_of and is_status(world, current, day, "suspended", "revoked", "cancelled")
        for day in days
    )


def _next_surveillance_has_begun(world: World, audit: Record, certificate: Record) -> bool:
    return any(
        other.audit_type in ("surveillance", "recertification")
        and is_itsms(other)
        and is_begun(world, other)
        and audit.actual_start is not None
        and other.actual_start > audit.actual_start
        for other in audits_of_rows(world, whole_line(world, certificate))
    )


@rule(
    "R5.12.6",
    undecided_surveillances,
    reads=("decision", "nonconformity", "certificate_event", "audit.conclusion"),
)
def kept_without_decision(world: World, audit: Record) -> str:
    """A surveillance without decision had a positive end, and gave no ground for a decision."""
    certificate = world.get("certificate", audit.certificate_id)
    if certificate is None or certificate.is_stub:  # of whose line nothing is known
        return UNDETERMINED
    ground = any_of(
        audit.status == "terminated",
        any(found.grade == "major" and world.happened(found.raised_on) for found in found_in(world, audit)),
        _has_changed(world, audit, certificate),
    )
    if ground is None:
        return UNDETERMINED
    ended = held_end(world, audit) or audit.actual_end
    if not ground and audit.conclusion in ("maintain", "recommend"):
        return PASS
    if not ground and audit.conclusion is None:
        return PASS if world.as_of <= add_days(ended, REPORT_DAYS) else UNDETERMINED
    if _is_out_of_sight(world, audit, current_row(world, certificate)):
        return NOT_APPLICABLE
    if not ground:
        return WARNING if world.as_of <= add_days(ended, 5) else BREACH
    if _next_surveillance_has_begun(world, audit, certificate):
        return BREACH
    return WARNING if world.as_of <= add_months(ended, 3) else BREACH
