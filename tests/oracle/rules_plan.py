"""Clause 5.4.5: the audit plan. Clause 9.2: its report to CNCA."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .arithmetic import add_days
from .audits import is_itsms
from .cases import Member, held_members, person_of, planned_members, rule_and_plan
from .judging import UNDETERMINED, Judgement, Subject, breach_if, deadline, each, rule
from .people import codes_held
from .records import Record
from .rules_programme import held_audits
from .rules_team import scope_codes
from .world import World, blank, earliest

REPORT_DAYS, REPORT_HORIZON = 3, 7


def must_be_named(world: World, member: Member) -> bool:
    """A part-time member or an expert, observers left out."""
    if member.row.role == "observer":
        return False
    return member.row.role == "technical_expert" or person_of(world, member.row).employment == "part_time"


@rule_and_plan(
    "R5.4.5.1",
    held_members.where(must_be_named),
    planned_members.where(must_be_named),
    reads=("auditor_scope", "person.employer"),
)
def named_in_plan(world: World, member: Member) -> str:
    """The employer of a part-time member and the professional code of an expert are known."""
    person = person_of(world, member.row)
    if person.is_stub:
        return UNDETERMINED
    no_employer = person.employment == "part_time" and blank(person.employer)
    held = codes_held(world, person.person_id, member.case.first, "technical_expert")
    codes = set(scope_codes(world, member.case.audit))
    no_code = member.row.role == "technical_expert" and not (held & codes if codes else held)
    return breach_if(no_employer or no_code)


@rule("R5.4.5.3", held_audits)
def plan_confirmed(_: World, audit: Record) -> str:
    """The client confirmed the plan before the audit began."""
    return breach_if(audit.client_confirmed_on is None or audit.client_confirmed_on > audit.actual_start)


def plan_start(world: World, audit: Record) -> date:
    """The day the audit began, or is planned to."""
    day: date = world.known(audit.actual_start) or audit.planned_start
    return day


@each("audit")
def onsite_plans(world: World, audit: Record) -> Iterator[Subject]:
    """Planned, completed and terminated audits that are not known to be off site."""
    if (
        is_itsms(audit)
        and audit.status in ("planned", "completed", "terminated")
        and audit.is_onsite is not False
    ):
        yield Subject(audit.audit_id, plan_start(world, audit), audit)


def accepted(world: World, audit: Record, start: date) -> Iterator[date]:
    """The days of accepted reports of the plan to CNCA that name the audit's first day, or none."""
    for row in world.of("cnca_report", "subject_id", audit.audit_id):
        if (
            row.kind == "audit_plan"
            and row.recipient == "CNCA"
            and row.result == "accepted"
            and world.happened(row.reported_on)
            and (row.plan_start is None or row.plan_start == start)
        ):
            yield row.reported_on


@rule("R9.2", onsite_plans, is_term=True, cut_over=True)
def plan_reported(world: World, audit: Record) -> Judgement:
    """The plan is accepted by CNCA three days before."""
    start = plan_start(world, audit)
    done = earliest(*accepted(world, audit, start))
    return deadline(world, add_days(start, -REPORT_DAYS), done, horizon=REPORT_HORIZON)
