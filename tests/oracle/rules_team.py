"""Clauses 3.11, 4 and 5.4.4.1: who is on the team."""

from __future__ import annotations

from collections.abc import Iterator

from .arithmetic import add_days
from .audits import ITSMS, auditor_ids, stages, team
from .cases import (
    Case,
    Member,
    as_plan,
    days_on_site,
    held_cases,
    held_members,
    is_coming,
    known_auditors,
    person_of,
    planned_cases,
    planned_members,
    registered_auditors,
    rule_and_plan,
    stub_auditors,
)
from .judging import BREACH, NOT_APPLICABLE, PASS, UNDETERMINED, WARNING, Subject, breach_if, each, rule
from .people import codes_held, has_served, is_in_service, is_registered, registrations
from .records import Record
from .rules_time import StagePair, stage_pairs
from .world import World

TEAM_HORIZON_DAYS = 14  # house_team_horizon_days


def has_role(*roles: str):  # type: ignore[no-untyped-def]
    """A condition: the member has one of these roles."""
    return lambda _, member: member.row.role in roles


AUDITING = has_role("leader", "auditor", "trainee")
SERVING = has_role("leader", "auditor", "trainee", "technical_expert")


@rule_and_plan("R3.11-a", held_members.where(AUDITING), planned_members.where(AUDITING))
def registered(world: World, member: Member) -> str:
    """On every day of the assignment registered for one and the same system of the audit."""
    if person_of(world, member.row).is_stub:
        return UNDETERMINED
    first, last = days_on_site(member.case, member.row)
    if first is None or last is None:
        return UNDETERMINED
    trainee = member.row.role == "trainee"
    return breach_if(
        not any(
            is_registered(world, member.row.person_id, system, first, last, trainee=trainee)
            for system in member.case.audit.systems
        )
    )


@rule_and_plan("R4-a", held_members.where(SERVING), planned_members.where(SERVING))
def in_service(world: World, member: Member) -> str:
    """In service on the days of the assignment; of another body warns."""
    person = person_of(world, member.row)
    if person.is_stub:
        return UNDETERMINED
    first, last = days_on_site(member.case, member.row)
    if first is None or last is None:
        return UNDETERMINED
    if not has_served(person, first, last):
        return BREACH
    return PASS if person.body_id == member.case.audit.body_id else WARNING


def continued(world: World, one: Record, two: Record) -> str:
    """An auditor of stage 1 audits stage 2 too."""
    both = auditor_ids(world, one) & auditor_ids(world, two)
    stubs = {key for key in both if world.get("person", key).is_stub}  # type: ignore[union-attr]
    if both - stubs:
        return PASS
    return UNDETERMINED if stubs else BREACH


@rule("R5.4.4.1-a", stage_pairs)
def continuity(world: World, pair: StagePair) -> str:
    """An auditor of stage 1 audits stage 2 too."""
    return continued(world, pair[1], pair[2])


@each("application")
def planned_stage_pairs(world: World, row: Record) -> Iterator[Subject]:
    """ITSMS applications with a completed stage 1 and a planned stage 2 that has a team."""
    if ITSMS in row.systems:
        ones = stages(world, row.application_id, "stage1")
        plans = [
            audit
            for audit in world.of("audit", "application_id", row.application_id)
            if audit.audit_type == "stage2" and is_coming(world, audit) and team(world, audit)
        ]
        if ones and plans:
            two = min(plans, key=lambda audit: (audit.planned_start, audit.audit_id))
            yield Subject(row.application_id, two.planned_start, (ones[-1], two), of=row)


@rule("R5.4.4.1-a-p", planned_stage_pairs, is_term=True)
def planned_continuity(world: World, pair: tuple[Record, Record]) -> str:
    """An auditor of stage 1 is on the planned team."""
    return as_plan(lambda world, row: continued(world, *row))(world, pair)  # type: ignore[return-value]


def leader_state(leaders: int) -> str:
    """One leader passes, more warn."""
    if not leaders:
        return BREACH
    return WARNING if leaders > 1 else PASS


@rule("R5.4.4.1-b", held_cases)
def one_leader(world: World, case: Case) -> str:
    """A leader, and one only."""
    leaders = [row for row in team(world, case.audit) if row.role == "leader"]
    known = sum(not person_of(world, row).is_stub for row in leaders)
    states = {leader_state(count) for count in range(known, len(leaders) + 1)}
    return states.pop() if len(states) == 1 else UNDETERMINED


@each("audit")
def plans_with_or_without_team(world: World, audit: Record) -> Iterator[Subject]:
    """Planned audits with a team; without one from two weeks before."""
    if is_coming(world, audit):
        near = world.as_of >= add_days(audit.planned_start, -TEAM_HORIZON_DAYS)
        if near or team(world, audit):
            case = Case(audit, audit.planned_start, audit.planned_end)
            yield Subject(audit.audit_id, audit.planned_start, case, of=audit)


rule("R5.4.4.1-b-p", plans_with_or_without_team, is_term=True)(as_plan(one_leader))


def scope_codes(world: World, audit: Record) -> tuple[str, ...]:
    """The application's codes, else the certificate's."""
    application = world.get("application", audit.application_id)
    codes: tuple[str, ...] = () if application is None else application.scope_codes
    if codes:
        return codes
    certificate = world.get("certificate", audit.certificate_id)
    return () if certificate is None else certificate.scope_codes


def left_to_systems_rule(world: World, case: Case) -> str | None:
    """What a combined audit with nobody registered for ITSMS is here: R5.4.4.1-e reports; a stub leaves it open."""
    if not case.is_combined or registered_auditors(world, case, ITSMS):
        return None
    return UNDETERMINED if stub_auditors(world, case.audit) else NOT_APPLICABLE


@rule_and_plan(
    "R5.4.4.1-c",
    held_cases,
    planned_cases,
    reads=("auditor_scope", "auditor_registration", "audit_assignment"),
)
def matching_scope(world: World, case: Case) -> str:
    """Auditors registered for ITSMS hold the client's codes."""
    left = left_to_systems_rule(world, case)
    if left is not None:
        return left
    codes = set(scope_codes(world, case.audit))
    if not codes:
        return UNDETERMINED
    held: set[str] = set()
    for row in registered_auditors(world, case, ITSMS):
        held |= codes_held(world, row.person_id, case.first)
    if codes <= held:
        return PASS
    if stub_auditors(world, case.audit):
        return UNDETERMINED
    return WARNING if codes & held else BREACH


def is_throughout(case: Case, row: Record) -> bool:
    """On site from the audit's first day to its last."""
    return bool(row.onsite_start <= case.first and row.onsite_end >= case.last)


@rule_and_plan("R5.4.4.1-d", held_cases, planned_cases, reads=("auditor_registration", "audit_assignment"))
def full_time_throughout(world: World, case: Case) -> str:
    """A full-time ITSMS auditor of the body takes part from the first to the last day."""
    left = left_to_systems_rule(world, case)
    if left is not None:
        return left
    for row in known_auditors(world, case.audit):
        person = person_of(world, row)
        if (
            is_throughout(case, row)
            and is_registered(world, row.person_id, ITSMS, case.first, case.last)
            and is_in_service(person, case.audit.body_id, case.first, case.last)
            and person.employment == "full_time"
        ):
            return PASS
    could_be = any(is_throughout(case, row) for row in stub_auditors(world, case.audit))
    return UNDETERMINED if could_be else BREACH


def is_combined(_: World, case: Case) -> bool:
    """ITSMS together with another system."""
    return case.is_combined


def system_covered(world: World, case: Case, system: str) -> bool | None:
    """Whether somebody is registered for a system; unknown where a stub could be, or nothing of it was delivered."""
    if registered_auditors(world, case, system):
        return True
    if stub_auditors(world, case.audit):
        return None
    if system != ITSMS and not any(
        row.system == system
        for person in world.of("person", "body_id", case.audit.body_id)
        for row in registrations(world, person.person_id)
    ):
        return None
    return False


@rule_and_plan(
    "R5.4.4.1-e",
    held_cases.where(is_combined),
    planned_cases.where(is_combined),
    reads=("auditor_registration", "audit_assignment"),
)
def every_system_covered(world: World, case: Case) -> str:
    """For each system somebody on the team is registered."""
    found = [system_covered(world, case, system) for system in case.audit.systems]
    if False in found:
        return BREACH
    return UNDETERMINED if None in found else PASS
