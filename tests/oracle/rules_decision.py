"""Clauses 5.10.4, 5.11.1 and 5.12: the certification decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .arithmetic import add_months
from .judging import BREACH, PASS, UNDETERMINED, WARNING, Subject, breach_if, negated, rule
from .records import Audit, Decision
from .world import World, ended


def decisions(*kinds: str) -> Callable[[World], Iterator[Subject[Decision]]]:
    """ITSMS decisions of these kinds (none given: all six)."""

    def population(world: World) -> Iterator[Subject[Decision]]:
        for row in world.itsms_decisions:
            if not kinds or row.kind in kinds:
                yield Subject(row.decision_id, row.decided_on, row)

    return population


every_decision = decisions()


def of_same_application(world: World, audit: Audit) -> list[Audit]:
    """The audit itself, and the other ITSMS audits of its application, whatever their status."""
    others = world.audits_of_application.get(audit.application_id or "", [])
    return [audit, *(other for other in others if other is not audit and world.is_itsms(other))]


@rule("R5.10.4", decisions("grant", "renew", "extend", "maintain"))
def nonconformities_settled(world: World, row: Decision) -> str:
    """Major nonconformities were verified and (but for maintain) minor ones accepted."""
    if row.audit_id is None:
        return UNDETERMINED
    audit = world.audit[row.audit_id]
    audits = of_same_application(world, audit) if row.kind == "grant" else [audit]
    for found in (nc for one in audits for nc in world.nonconformities.get(one.audit_id, [])):
        if found.raised_on > row.decided_on:
            continue
        settled_on = found.verified_on if found.grade == "major" else found.accepted_on
        asked = found.grade == "major" or row.kind != "maintain"
        if asked and (settled_on is None or settled_on > row.decided_on):
            return BREACH
    return PASS


@rule("R5.11.1", every_decision)
def report_first(world: World, row: Decision) -> str:
    """The audit report was issued when the decision was taken."""
    if row.audit_id is None:
        return UNDETERMINED
    issued_on = world.audit[row.audit_id].report_issued_on
    return breach_if(issued_on is None or issued_on > row.decided_on)


@rule("R5.12.1-a", every_decision)
def not_on_the_team(world: World, row: Decision) -> str:
    """The decision maker was on no team of the application's audits."""
    if row.audit_id is None:
        return UNDETERMINED
    audit = world.audit[row.audit_id]
    audits = [
        one
        for one in of_same_application(world, audit)
        if one is audit or world.is_completed(one) or one.status == "terminated"
    ]
    return breach_if(
        any(
            member.person_id == row.decided_by and member.role != "observer"
            for one in audits
            for member in world.team(one.audit_id)
        )
    )


@rule("R5.12.1-b", every_decision)
def full_time(world: World, row: Decision) -> str:
    """The decision maker is full-time and had not left."""
    person = world.person[row.decided_by]
    left = person.left_on is not None and person.left_on < row.decided_on
    return breach_if(person.employment == "part_time" or left)


@rule("R5.12.1-c", every_decision)
def inside_the_country(world: World, row: Decision) -> str:
    """The decision maker works in the PRC."""
    return breach_if(negated(world.person[row.decided_by].works_in_prc))


@rule("R5.12.3", decisions("grant"))
def initial_decision_in_time(world: World, row: Decision) -> str:
    """Within six months of the last stage 2 before it."""
    if row.audit_id is None:
        return UNDETERMINED
    twos = world.stages(world.audit[row.audit_id].application_id, "stage2")
    before = [two for two in twos if ended(two) <= row.decided_on]
    if not before:
        return UNDETERMINED
    return breach_if(row.decided_on > add_months(ended(before[-1]), 6))


@rule("R5.12.4", decisions("renew"))
def renewal_in_time(world: World, row: Decision) -> str:
    """By the old certificate's expiry; at the latest six months later."""
    audit = None if row.audit_id is None else world.audit[row.audit_id]
    old = None if audit is None else world.certificate.get(audit.certificate_id or "")
    if old is None:
        return UNDETERMINED
    if row.decided_on > add_months(old.expires_on, 6):
        return BREACH
    return WARNING if row.decided_on > old.expires_on else PASS
