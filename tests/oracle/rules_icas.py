"""The procedure of ICAS, a profile of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from .arithmetic import add_days, add_months, base, half
from .audits import auditor_ids, f, held_end, is_held, is_itsms, k, stage_pair, stages
from .ground import acts
from .judging import (
    BREACH,
    NOT_APPLICABLE,
    PASS,
    UNDETERMINED,
    WARNING,
    Judgement,
    Subject,
    breach_if,
    deadline,
    each,
    rule,
    warning_if,
)
from .lines import completed_audits, decision_of, is_reissue
from .records import Record
from .rules_conduct import GapPair, ended_audits, gap_pairs
from .rules_nonconformity import majors, minors
from .rules_programme import recertifications
from .status import end
from .workdays import add_working_days, working_days_between
from .world import World, earliest

ACT_DAYS = 5

# --- 6.4.2 ----------------------------------------------


def has_stage1(_: World, row: GapPair) -> bool:
    """Whether both stages are there."""
    return row[1] is not None


@rule("ICAS-6.4.2.1-a", gap_pairs.where(has_stage1), profile="icas")
def working_days_between_stages(_: World, row: GapPair) -> str:
    """Five to sixty working days."""
    one, two = row[1:]
    if one is None:
        return UNDETERMINED
    days = working_days_between(one.actual_end, two.actual_start)
    return breach_if(None if days is None else not 5 <= days <= 60)


@each("application")
def both_stages(world: World, application: Record) -> Iterator[Subject]:
    """ITSMS applications with both stages completed, on the day the last stage 2 began."""
    pair = stage_pair(world, application.application_id) if is_itsms(application) else None
    if pair is not None:
        yield Subject(application.application_id, pair[1].actual_start, pair, application)


@rule("ICAS-6.4.2.1-b", both_stages, profile="icas")
def stage1_share(_: World, pair: tuple[Record, Record]) -> str:
    """Stage 1 takes a third of the total at most."""
    one, two = (stage.total_days for stage in pair)
    if one is None or two is None:
        return UNDETERMINED
    return warning_if(Fraction(one) > Fraction(one + two) / 3)


@each("certificate")
def renewed_certificates(world: World, row: Record) -> Iterator[Subject]:
    """ITSMS certificates that follow another and are no reissues."""
    if is_itsms(row) and row.previous_certificate_id is not None and not is_reissue(world, row):
        yield Subject(row.certificate_id, row.issued_on, row)


def deciding_audit(world: World, certificate: Record | None) -> Record | None:
    """The audit that a certificate was decided on; None where it is not known."""
    if certificate is None or certificate.is_stub:
        return None
    decision = decision_of(world, certificate)
    if decision is None or decision.is_stub:
        return None
    audit = world.get("audit", decision.audit_id)
    return None if audit is None or audit.is_stub else audit


@rule("ICAS-6.4.2.2-j", renewed_certificates, profile="icas", reads=("audit_assignment",))
def another_team(world: World, row: Record) -> str:
    """Not the same auditors as in the cycle before."""
    before = world.get("certificate", row.previous_certificate_id)
    audit, earlier = deciding_audit(world, row), deciding_audit(world, before)
    if audit is None or earlier is None or before is None:
        return UNDETERMINED
    own = auditor_ids(world, audit)
    if own and own == auditor_ids(world, earlier):
        return BREACH
    cycle = {audit, *completed_audits(world, before, "stage2", "surveillance", "recertification")}
    teams = [auditor_ids(world, one) for one in cycle]
    return warning_if(bool(own) and len(cycle) > 1 and all(team == own for team in teams))


# --- 6.4.8 ----------------------------------------------


class Evidence(NamedTuple):
    """A nonconformity with its audit, the day by which evidence was due, and the day it came."""

    row: Record
    audit: Record
    due: date | None
    done: date | None


def evidence(world: World, row: Record) -> Evidence | None:
    """When evidence on a nonconformity was due and came; None for a stub audit."""
    audit = world.get("audit", row.audit_id)
    if audit is None or audit.is_stub:
        return None
    ended = held_end(world, audit) if is_held(world, audit) else None
    submitted = world.known(row.submitted_on)
    if row.grade == "major":
        due = None if ended is None else add_months(ended, 3)
        done = submitted if submitted is not None else world.known(row.verified_on)
    else:
        due = None if ended is None else add_days(ended, 30)
        done = submitted if submitted is not None else world.known(row.accepted_on)
    return Evidence(row, audit, due, done)


def evidence_in_time(world: World, row: Record) -> Judgement:
    """Evidence within three months (a major) or thirty days (a minor) of the audit's end."""
    found = evidence(world, row)
    return Judgement(UNDETERMINED) if found is None else deadline(world, found.due, found.done)


rule("ICAS-6.4.8-a", majors, profile="icas", reads=("nonconformity.verified_on",))(evidence_in_time)
rule("ICAS-6.4.8-b", minors, profile="icas", reads=("nonconformity.accepted_on",))(evidence_in_time)


def missed(world: World, row: Record, grade: str, *types: str) -> Evidence | None:
    """A nonconformity of these audits whose evidence did not come in time; that of a stub audit may be one."""
    if row.grade != grade or not is_itsms(world.get("audit", row.audit_id)):
        return None
    found = evidence(world, row)
    if found is None or found.audit.audit_type not in types:
        return None
    late = found.done is None if found.due is None else found.done is None or found.done > found.due
    return found if late else None


def hidden(world: World, row: Record, grade: str) -> Iterator[Subject]:
    """A nonconformity of a stub audit: nobody knows whether it is a subject."""
    audit = world.get("audit", row.audit_id)
    if audit is not None and audit.is_stub and row.grade == grade:
        yield Subject(row.nc_id, None, None, row, is_in_question=True)


@each("nonconformity")
def missed_majors(world: World, row: Record) -> Iterator[Subject]:
    """Majors of certified clients without evidence in time; the day it was due is a term."""
    yield from hidden(world, row, "major")
    found = missed(world, row, "major", "surveillance", "recertification", "special")
    if found is not None:
        yield Subject(row.nc_id, found.due, found, row)


@each("nonconformity")
def missed_minors(world: World, row: Record) -> Iterator[Subject]:
    """Minors of recertification audits without evidence in time; the day it was due is a term."""
    yield from hidden(world, row, "minor")
    found = missed(world, row, "minor", "recertification")
    if found is not None:
        yield Subject(row.nc_id, found.due, found, row)


def acted(world: World, found: Evidence, *kinds: str) -> Judgement:
    """Within five days of the missed day: evidence after all, an event, or the certificate's end."""
    if found.due is None:
        return Judgement(UNDETERMINED)
    due = add_days(found.due, ACT_DAYS)
    if found.due >= world.as_of:
        return Judgement(NOT_APPLICABLE, due)
    certificate = world.get("certificate", found.audit.certificate_id)
    if certificate is None:
        return Judgement(UNDETERMINED, due)
    events = [
        event.effective_on for event in acts(world, certificate, *kinds) if event.effective_on > found.due
    ]
    over = end(world, certificate)
    done = earliest(found.done, *events, None if over is None else over.on)
    return unless_hidden(certificate, deadline(world, due, done, horizon=ACT_DAYS))


def unless_hidden(certificate: Record, judged: Judgement) -> Judgement:
    """A stub's end may have come before."""
    is_hidden = certificate.is_stub and judged.state != PASS
    return Judgement(UNDETERMINED, judged.due_on) if is_hidden else judged


READS = ("certificate_event", "nonconformity.verified_on", "nonconformity.accepted_on")


@rule("ICAS-6.4.8-c", missed_majors, profile="icas", is_term=True, reads=READS[:2])
def revoked_for_major(world: World, found: Evidence) -> Judgement:
    """Revoked when evidence on a major did not come."""
    return acted(world, found, "revoked")


@rule("ICAS-6.4.8-d", missed_minors, profile="icas", is_term=True, reads=(READS[0], READS[2]))
def suspended_for_minor(world: World, found: Evidence) -> Judgement:
    """Suspended when evidence on a minor did not come."""
    return acted(world, found, "suspended", "revoked", "cancelled")


class Suspended(NamedTuple):
    """A minor without evidence, and the suspension that followed."""

    found: Evidence
    certificate: Record
    on: date


@each("nonconformity")
def suspended_minors(world: World, row: Record) -> Iterator[Subject]:
    """Those minors for which the certificate was suspended; six months later is the term."""
    yield from hidden(world, row, "minor")
    found = missed(world, row, "minor", "recertification")
    if found is None or found.due is None or found.due >= world.as_of:
        return
    certificate = world.get("certificate", found.audit.certificate_id)
    if certificate is None:
        return
    events = [event for event in acts(world, certificate, "suspended") if event.effective_on > found.due]
    if events:
        on = events[0].effective_on
        yield Subject(row.nc_id, add_months(on, 6), Suspended(found, certificate, on), row)


@rule("ICAS-6.4.8-e", suspended_minors, profile="icas", is_term=True, reads=(READS[0], READS[2]))
def revoked_for_minor(world: World, row: Suspended) -> Judgement:
    """Revoked when evidence on a minor did not come within six months of the suspension."""
    found, certificate, on = row
    events = [
        event.effective_on
        for event in acts(world, certificate, "revoked", "cancelled")
        if event.effective_on >= on
    ]
    over = end(world, certificate)
    done = earliest(found.done, *events, None if over is None else over.on)
    return unless_hidden(certificate, deadline(world, add_months(on, 6), done))


# --- 6.7, 10 ----------------------------------------------


@rule("ICAS-6.7.1.1", recertifications, profile="icas")
def in_the_last_three_months(world: World, audit: Record) -> str:
    """The audit ends in the certificate's last three months."""
    certificate = world.get("certificate", audit.certificate_id)
    if certificate is None or certificate.is_stub:
        return UNDETERMINED
    opens = add_months(certificate.expires_on, -3)
    return breach_if(audit.actual_end < opens or audit.actual_end > certificate.expires_on)


@rule(
    "ICAS-6.7.1.5",
    recertifications,
    profile="icas",
    reads=("audit.total_days", "audit.headcount_effective", "audit.reduction_reason"),
)
def recertification_without_stage1(world: World, audit: Record) -> str:
    """70 % of the initial time where there is no stage 1."""
    if stages(world, audit.application_id, "stage1"):
        return PASS
    persons = base(audit.headcount_effective)
    if persons is None or audit.total_days is None:
        return UNDETERMINED
    floor = persons * f(audit) * k(audit) * Fraction(7, 10)
    if audit.total_days < half(floor):
        return BREACH
    return WARNING if audit.total_days < floor else PASS


@rule("ICAS-10.2", ended_audits, profile="icas", reads=("record_item",))
def archived(world: World, audit: Record) -> str:
    """The on-site record is stored within two working days."""
    limit = add_working_days(audit.actual_end, 2)
    if limit is None:
        return UNDETERMINED
    stored = any(
        row.kind == "onsite_record" and row.stored_on <= limit and world.happened(row.stored_on)
        for row in world.of("record_item", "audit_id", audit.audit_id)
    )
    return BREACH if not stored and world.as_of > limit else PASS
