"""Clauses 5.4.4.2 to 5.4.4.4 and 11.4.2: time, trainees, interests and services."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from .arithmetic import add_months
from .audits import ITSMS, auditor_ids, team
from .cases import (
    Case,
    Member,
    as_plan,
    held_cases,
    held_members,
    known_auditors,
    members,
    person_of,
    planned_cases,
    planned_members,
    rule_and_plan,
    stub_auditors,
)
from .clients import belongs_to_itsms, client
from .judging import BREACH, PASS, UNDETERMINED, Subject, breach_if, each, rule
from .people import relations
from .records import Record
from .rules_programme import every_audit
from .world import World

SERVICE_MONTHS = 24


@rule("R5.4.4.2", every_audit.where(lambda _, audit: audit.systems == (ITSMS,)))
def auditors_time(world: World, audit: Record) -> str:
    """The auditors' days alone make up the on-site time."""
    if audit.onsite_days is None:
        return UNDETERMINED
    known, stubs = (
        sum((row.onsite_days for row in rows), Decimal(0))
        for rows in (known_auditors(world, audit), stub_auditors(world, audit))
    )
    if known >= audit.onsite_days:
        return PASS
    return UNDETERMINED if known + stubs >= audit.onsite_days else BREACH


def mentor_state(world: World, audit: Record, trainee: Record) -> str:
    """The trainee's mentor is among the audit's auditors; a stub that is not may be anybody."""
    mentor_id = trainee.mentor_id
    if mentor_id in auditor_ids(world, audit):
        return PASS
    mentor = world.get("person", mentor_id)
    return UNDETERMINED if mentor is not None and mentor.is_stub else BREACH


@rule_and_plan("R5.4.4.3", held_cases, planned_cases)
def trainees(world: World, case: Case) -> str:
    """No more trainees than auditors, each with a mentor among them."""
    learning = [row for row in team(world, case.audit) if row.role == "trainee"]
    states = {mentor_state(world, case.audit, row) for row in learning}
    count = sum(not person_of(world, row).is_stub for row in learning)
    known, stubs = len(known_auditors(world, case.audit)), len(stub_auditors(world, case.audit))
    if count > known:
        states.add(UNDETERMINED if count <= known + stubs else BREACH)
    if BREACH in states:
        return BREACH
    return UNDETERMINED if UNDETERMINED in states else PASS


@rule_and_plan("R5.4.4.4", held_members, planned_members, reads=("relationship",))
def interest(world: World, member: Member) -> str:
    """No member has an interest in the client at the time."""
    case = member.case
    return breach_if(
        any(
            row.started_on <= case.last and (row.ended_on is None or row.ended_on >= case.first)
            for row in relations(world, member.row.person_id, case.audit.org_id, "interest")
        )
    )


def served(world: World, person_id: str, org_id: str, day: date) -> bool:
    """Technical service to a client in the two years before a day."""
    return any(
        row.started_on <= day and (row.ended_on is None or add_months(row.ended_on, SERVICE_MONTHS) > day)
        for row in relations(world, person_id, org_id, "consultancy")
    )


audit_members = members(held_cases, prefix="audit|")


@each(lambda world: [*world.table("audit"), *world.table("decision")])
def certification_work(world: World, row: Record) -> Iterator[Subject]:
    """Every team member of a held audit; every decision maker."""
    if row.table == "audit":
        yield from audit_members.subjects(world, row)
    elif belongs_to_itsms(world, row):
        subject_id = f"decision|{row.decision_id}|{row.solid('decided_by') or ''}"
        yield Subject(subject_id, row.decided_on, row)


@rule("R11.4.2", certification_work, reads=("relationship",))
def consultancy(world: World, row: Member | Record) -> str:
    """No technical service to the client in the two years before."""
    if isinstance(row, Member):
        case = row.case
        return breach_if(served(world, row.row.person_id, case.audit.org_id, case.first))
    org_id, person_id = client(world, row), row.solid("decided_by")
    if org_id is None or person_id is None:
        return UNDETERMINED
    return breach_if(served(world, person_id, org_id, row.decided_on))


rule("R11.4.2-p", planned_members, is_term=True, reads=("relationship",))(as_plan(consultancy))
