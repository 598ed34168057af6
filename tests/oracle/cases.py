"""An audit as a team rule looks at it: a held one on its span, or a planned one on its plan (-p rules)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from .audits import auditors, held_end, is_held, is_itsms, team
from .judging import BREACH, WARNING, Judgement, Population, Subject, each, rule
from .people import is_registered
from .records import Record
from .world import World

ITSMS = "ITSMS"


@dataclass(frozen=True)
class Case:
    """An audit and the span on which its team is judged."""

    audit: Record
    first: date
    last: date

    @property
    def is_combined(self) -> bool:
        """ITSMS together with another system."""
        return len(self.audit.systems) > 1


@dataclass(frozen=True)
class Member:
    """One assignment of a case."""

    case: Case
    row: Record


@each("audit")
def held_cases(world: World, audit: Record) -> Iterator[Subject]:
    """Held ITSMS audits, on the day they began."""
    if is_itsms(audit) and is_held(world, audit):
        case = Case(audit, audit.actual_start, held_end(world, audit))  # type: ignore[arg-type]
        yield Subject(audit.audit_id, audit.actual_start, case, of=audit)


def is_coming(world: World, audit: Record) -> bool:
    """A planned ITSMS audit whose plan is not over."""
    return bool(is_itsms(audit) and audit.status == "planned" and audit.planned_end >= world.as_of)


@each("audit")
def planned_cases(world: World, audit: Record) -> Iterator[Subject]:
    """Planned ITSMS audits with a team, on the day they are planned to begin."""
    if is_coming(world, audit) and team(world, audit):
        case = Case(audit, audit.planned_start, audit.planned_end)
        yield Subject(audit.audit_id, audit.planned_start, case, of=audit)


def members(population: Population, prefix: str = "") -> Population:
    """Each team member of the cases."""

    @each("audit")
    def some(world: World, audit: Record) -> Iterator[Subject]:
        for subject in population.subjects(world, audit):
            for row in team(world, audit):
                subject_id = f"{prefix}{subject.id}|{row.person_id}"
                yield Subject(subject_id, subject.anchor, Member(subject.row, row), of=audit)

    return some


held_members, planned_members = members(held_cases), members(planned_cases)

Judge = Callable[[World, Any], "Judgement | str"]


def as_plan(judge: Judge) -> Judge:
    """What would be a breach or a warning is a warning."""

    def judged(world: World, row: Any) -> str:
        found = judge(world, row)
        state = found if isinstance(found, str) else found.state
        return WARNING if state == BREACH else state

    return judged


def rule_and_plan(
    rule_id: str, held: Population, planned: Population, *, reads: tuple[str, ...] = ()
) -> Callable[[Judge], Judge]:
    """Register a judgement for held audits, and its -p rule for planned ones."""

    def register(judge: Judge) -> Judge:
        rule(rule_id, held, reads=reads)(judge)
        rule(f"{rule_id}-p", planned, is_term=True, reads=reads)(as_plan(judge))
        return judge

    return register


# --- persons of a team ----------------------------------------


def person_of(world: World, row: Record) -> Record:
    """The person of an assignment, maybe a stub."""
    found = world.get("person", row.person_id)
    assert found is not None
    return found


def known_auditors(world: World, audit: Record) -> list[Record]:
    """Assignments as leader or auditor of persons that are no stubs."""
    return [row for row in auditors(world, audit) if not person_of(world, row).is_stub]


def stub_auditors(world: World, audit: Record) -> list[Record]:
    """Assignments as leader or auditor of stubs: they do not count, but could."""
    return [row for row in auditors(world, audit) if person_of(world, row).is_stub]


def registered_auditors(world: World, case: Case, system: str) -> list[Record]:
    """The known auditors who are registered for a system over their own days on site."""
    return [
        row
        for row in known_auditors(world, case.audit)
        if is_registered(world, row.person_id, system, row.onsite_start, row.onsite_end)
    ]


def days_on_site(case: Case, row: Record) -> tuple[date | None, date | None]:
    """The assignment's days; where one was left empty, the audit's first or last day stands in."""
    first = case.first if row.is_blank("onsite_start") else row.onsite_start
    last = case.last if row.is_blank("onsite_end") else row.onsite_end
    return first, last
