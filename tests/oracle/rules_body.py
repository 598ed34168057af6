"""Chapters 3 and 4: what is asked of the body and of its auditors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from .arithmetic import Number, add_days
from .capacity import capacity, is_active_auditor
from .judging import (
    BREACH,
    PASS,
    UNDETERMINED,
    WARNING,
    Judgement,
    Subject,
    all_of,
    any_of,
    at_least,
    breach_if,
    negated,
    rule,
)
from .load import Workload, loads, workloads
from .records import Audit, AuditAssignment, AuditorScope, CertificationBody
from .status import is_status
from .world import AUDITOR_ROLES, FORMAL_GRADES, ITSMS, World


def bodies(world: World) -> Iterator[Subject[CertificationBody]]:
    """Every body, on as_of."""
    for body in world.source.certification_body:
        yield Subject(body.body_id, world.as_of, body)


@rule("R3.6-a", bodies)
def full_time_auditors(world: World, body: CertificationBody) -> Judgement:
    """At least ten active full-time ITSMS auditors."""
    count = capacity(world, body.body_id).itsms_full_time
    state = BREACH if count < 10 else WARNING if count <= 11 else PASS
    return Judgement(state, measured=count)


def body_scopes(world: World) -> Iterator[Subject[tuple[str, str]]]:
    """Each code of the body's valid ITSMS certificates and of its approved scopes."""
    pairs = {
        (body.body_id, code) for body in world.source.certification_body for code in body.approved_scopes
    }
    for certificate in world.itsms_certificates:
        if is_status(world, certificate, world.as_of, "valid"):
            pairs |= {(certificate.body_id, code) for code in certificate.scope_codes}
    for body_id, code in sorted(pairs):
        yield Subject(f"{body_id}|{code}", world.as_of, (body_id, code))


@rule("R3.6-b", body_scopes)
def professional_auditors(world: World, pair: tuple[str, str]) -> str:
    """At least two active auditors hold the code as auditors on as_of."""
    body_id, code = pair
    holders = [
        person
        for person in world.persons_of_body.get(body_id, [])
        if is_active_auditor(world, person, ITSMS)
        and code in codes_held(world, person.person_id, world.as_of)
    ]
    return breach_if(len(holders) < 2)


def codes_held(world: World, person_id: str, day: date) -> set[str]:
    """Scope codes that a person holds as an auditor on a day."""
    return {
        row.scope_code
        for row in world.scopes.get(person_id, [])
        if row.capacity == "auditor"
        and row.granted_on <= day
        and (row.expires_on is None or row.expires_on >= day)
    }


def scope_grants(world: World) -> Iterator[Subject[AuditorScope]]:
    """Grants as professional auditor."""
    for row in world.source.auditor_scope:
        if row.capacity == "auditor":
            yield Subject(f"{row.person_id}|{row.scope_code}", row.granted_on, row)


@rule("R3.6-c", scope_grants)
def basis_of_grant(_: World, row: AuditorScope) -> str:
    """The grant's own basis is met."""
    if row.basis is None:
        return UNDETERMINED
    met = {
        "education_experience": all_of(
            row.bachelor_or_above, any_of(at_least(row.experience_years, 2), row.intermediate_title)
        ),
        "training_and_audits": all_of(at_least(row.guided_audits, 4), at_least(row.guided_onsite_days, 10)),
        "project": at_least(row.projects, 1),
    }[row.basis]
    return breach_if(negated(met))


def persons_with_workload(world: World) -> Iterator[Subject[Workload]]:
    """Every person."""
    for person_id, workload in workloads(world).items():
        yield Subject(person_id, world.as_of, workload)


@rule("R3.9-a", persons_with_workload)
def cycle_year(_: World, workload: Workload) -> Judgement:
    """At most 180 on-site days in any 365; more than 160, or a plan that exceeds 180, warns."""
    if workload.rolling_max > 180:
        state = BREACH
    elif workload.rolling_max > 160 or workload.forecast_max > 180:
        state = WARNING
    else:
        state = PASS
    return Judgement(state, measured=workload.rolling_max)


def person_days(world: World) -> Iterator[Subject[Decimal]]:
    """Every person and day with load."""
    for person_id, load in loads(world, "completed").items():
        for day, days in load.items():
            if days > 0:
                yield Subject(f"{person_id}|{day.isoformat()}", day, days)


@rule("R3.9-b", person_days)
def one_day(_: World, days: Decimal) -> str:
    """At most one day's work on one day."""
    return breach_if(days > 1)


def certificates_per_auditor(certificates: int, ratio: Number | None) -> Judgement:
    """At most 50 certificates per auditor; more than 45 warns."""
    if ratio is None:
        return Judgement(BREACH if certificates else PASS)
    state = BREACH if ratio > 50 else WARNING if ratio > 45 else PASS
    return Judgement(state, measured=ratio)


@rule("R3.10-a", bodies)
def itsms_per_auditor(world: World, body: CertificationBody) -> Judgement:
    """ITSMS certificates per ITSMS auditor."""
    figures = capacity(world, body.body_id)
    return certificates_per_auditor(figures.valid_itsms, figures.ratio_itsms)


@rule("R3.10-b", bodies)
def all_per_auditor(world: World, body: CertificationBody) -> Judgement:
    """Certificates of all systems per auditor of any system."""
    figures = capacity(world, body.body_id)
    return certificates_per_auditor(figures.valid_all, figures.ratio_all)


def auditing_members(world: World) -> Iterator[Subject[tuple[Audit, AuditAssignment]]]:
    """Leaders, auditors and trainees of completed ITSMS audits."""
    for audit in world.completed_audits:
        for member in world.team(audit.audit_id):
            if member.role in (*AUDITOR_ROLES, "trainee"):
                subject_id = f"{audit.audit_id}|{member.person_id}"
                yield Subject(subject_id, audit.actual_start, (audit, member))


@rule("R3.11-a", auditing_members)
def registered(world: World, row: tuple[Audit, AuditAssignment]) -> str:
    """On every day of the assignment a registration for a system of the audit is in force."""
    audit, member = row
    registrations = [
        registration
        for registration in world.registrations.get(member.person_id, [])
        if registration.system in audit.systems
        and (member.role == "trainee" or registration.grade in FORMAL_GRADES)
    ]
    day = member.onsite_start
    while True:
        if not any(
            registration.valid_from <= day <= registration.valid_until for registration in registrations
        ):
            return BREACH
        day = add_days(day, 1)
        if day > member.onsite_end:
            return PASS
