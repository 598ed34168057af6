"""Clauses 5.4.4, 11.4.2 and 5.4.5: team, independence, plan. Clause 9.2: the plan's report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from .arithmetic import add_days, add_months
from .judging import (
    BREACH,
    PASS,
    UNDETERMINED,
    WARNING,
    Judgement,
    Subject,
    breach_if,
    deadline,
    rule,
)
from .records import Audit, AuditAssignment
from .rules_body import codes_held
from .rules_programme import every_audit
from .rules_time import StagePair, stage_pairs
from .world import ITSMS, World

MemberOfAudit = tuple[Audit, AuditAssignment]


def began(audit: Audit) -> date:
    """The audit's first day, which the anchor guarantees."""
    if audit.actual_start is None:
        raise ValueError(f"audit {audit.audit_id} has not begun")
    return audit.actual_start


@rule("R5.4.4.1-a", stage_pairs)
def continuity(world: World, row: StagePair) -> str:
    """An auditor of stage 1 audits stage 2 too."""
    _, one, two = row
    return breach_if(not world.auditor_ids(one.audit_id) & world.auditor_ids(two.audit_id))


@rule("R5.4.4.1-b", every_audit)
def one_leader(world: World, audit: Audit) -> str:
    """Exactly one leader."""
    return breach_if(sum(member.role == "leader" for member in world.team(audit.audit_id)) != 1)


def scope_codes(world: World, audit: Audit) -> tuple[str, ...]:
    """The application's codes, else the certificate's."""
    application = world.application.get(audit.application_id or "")
    certificate = world.certificate.get(audit.certificate_id or "")
    of_application = application.scope_codes if application else ()
    return of_application or (certificate.scope_codes if certificate else ())


@rule("R5.4.4.1-c", every_audit)
def matching_scope(world: World, audit: Audit) -> str:
    """The auditors hold the client's codes."""
    codes = set(scope_codes(world, audit))
    if not codes:
        return UNDETERMINED
    held: set[str] = set()
    for person_id in world.auditor_ids(audit.audit_id):
        held |= codes_held(world, person_id, began(audit))
    if not codes & held:
        return BREACH
    return PASS if codes <= held else WARNING


@rule("R5.4.4.1-d", every_audit)
def full_time_throughout(world: World, audit: Audit) -> str:
    """A full-time auditor takes part from the first to the last day."""
    present = any(
        world.person[member.person_id].employment == "full_time"
        and member.onsite_start <= began(audit)
        and audit.actual_end is not None
        and member.onsite_end >= audit.actual_end
        for member in world.auditors(audit.audit_id)
    )
    return breach_if(not present)


def single_system_audits(world: World) -> Iterator[Subject[Audit]]:
    """Audits of ITSMS alone."""
    return (subject for subject in every_audit(world) if subject.row.systems == (ITSMS,))


@rule("R5.4.4.2", single_system_audits)
def auditors_time(world: World, audit: Audit) -> str:
    """The auditors' days alone make up the on-site time."""
    if audit.onsite_days is None:
        return breach_if(None)
    days = sum((Fraction(member.onsite_days) for member in world.auditors(audit.audit_id)), Fraction(0))
    return breach_if(days < Fraction(audit.onsite_days))


@rule("R5.4.4.3", every_audit)
def trainees(world: World, audit: Audit) -> str:
    """No more trainees than auditors, each with a mentor among them."""
    auditors = world.auditors(audit.audit_id)
    learning = [member for member in world.team(audit.audit_id) if member.role == "trainee"]
    mentors = {member.person_id for member in auditors}
    return breach_if(
        len(learning) > len(auditors) or any(member.mentor_id not in mentors for member in learning)
    )


def members(world: World) -> Iterator[Subject[MemberOfAudit]]:
    """Every team member of every audit."""
    for subject in every_audit(world):
        for member in world.team(subject.id):
            yield Subject(f"{subject.id}|{member.person_id}", subject.anchor, (subject.row, member))


@rule("R5.4.4.4", members)
def interest(world: World, row: MemberOfAudit) -> str:
    """No member has an interest in the client at the time."""
    audit, member = row
    return breach_if(
        any(
            relation.kind == "interest"
            and audit.actual_end is not None
            and relation.started_on <= audit.actual_end
            and (relation.ended_on is None or relation.ended_on >= began(audit))
            for relation in world.relationships.get((member.person_id, audit.org_id), [])
        )
    )


ServiceCase = tuple[str, str | None, date | None]  # person, client, the date


def certification_work(world: World) -> Iterator[Subject[ServiceCase]]:
    """Every team member of an audit, every decision maker."""
    for subject in members(world):
        audit, member = subject.row
        yield Subject(
            f"audit|{subject.id}", subject.anchor, (member.person_id, audit.org_id, audit.actual_start)
        )
    for decision in world.itsms_decisions:
        client = None if decision.audit_id is None else world.audit[decision.audit_id].org_id
        yield Subject(
            f"decision|{decision.decision_id}|{decision.decided_by}",
            decision.decided_on,
            (decision.decided_by, client, decision.decided_on),
        )


@rule("R11.4.2", certification_work)
def consultancy(world: World, row: ServiceCase) -> str:
    """No technical service to the client in the two years before."""
    person_id, client, day = row
    if client is None or day is None:
        return UNDETERMINED
    return breach_if(
        any(
            relation.kind == "consultancy"
            and relation.started_on <= day
            and (relation.ended_on is None or add_months(relation.ended_on, 24) > day)
            for relation in world.relationships.get((person_id, client), [])
        )
    )


@rule("R5.4.5.3", every_audit)
def plan_confirmed(_: World, audit: Audit) -> str:
    """The client confirmed the plan before the audit began."""
    return breach_if(audit.client_confirmed_on is None or audit.client_confirmed_on > began(audit))


def plan_start(world: World, audit: Audit) -> date:
    """The day the audit began, or is planned to."""
    return world.known(audit.actual_start) or audit.planned_start


def onsite_plans(world: World) -> Iterator[Subject[Audit]]:
    """Planned and completed audits that are not known to be off site."""
    for audit in world.itsms_audits:
        if audit.status in ("planned", "completed") and audit.is_onsite is not False:
            yield Subject(audit.audit_id, plan_start(world, audit), audit)


@rule("R9.2", onsite_plans, is_term=True)
def plan_reported(world: World, audit: Audit) -> Judgement:
    """The plan is accepted by CNCA three days before."""
    done = world.reported("audit_plan", audit.audit_id, ("CNCA",))
    return deadline(world, add_days(plan_start(world, audit), -3), done, horizon=7)
