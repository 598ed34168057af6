"""Clause 5.4.2, 5.7.4 and 5.8.4: audit time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from .arithmetic import base, half
from .judging import Subject, breach_if, rule
from .records import Application, Audit
from .rules_programme import every_audit, recertifications, surveillances
from .world import World, factor

StagePair = tuple[Application, Audit, Audit]

# The share of the initial audit's time that each type needs at least.
SHARE = {"stage2": Fraction(1), "surveillance": Fraction(1, 3), "recertification": Fraction(2, 3)}


def below(actual: Decimal | None, needed: Fraction) -> bool | None:
    """Whether a number of days is less than what is needed; NULL leaves it open."""
    return None if actual is None else Fraction(actual) < needed


def stage_pairs(world: World) -> Iterator[Subject[StagePair]]:
    """ITSMS applications with both stages completed, on the day stage 2 began."""
    for application in world.itsms_applications:
        pair = world.stage_pair(application.application_id)
        if pair is not None:
            one, two = pair
            yield Subject(application.application_id, two.actual_start, (application, one, two))


def initial_stage_pairs(world: World) -> Iterator[Subject[StagePair]]:
    """Stage pairs of initial applications and transfers."""
    return (pair for pair in stage_pairs(world) if pair.row[0].kind in ("initial", "transfer"))


@rule("R5.4.2-a", initial_stage_pairs)
def initial_time(_: World, row: StagePair) -> str:
    """Stage 1 + stage 2 reach Annex B, reduced by 30 % at most."""
    application, one, two = row
    persons = (
        two.headcount_effective if two.headcount_effective is not None else application.headcount_effective
    )
    if persons is None or one.total_days is None or two.total_days is None:
        return breach_if(None)
    needed = half(base(persons) * factor(one.reduction_reason, two.reduction_reason))
    return breach_if(below(one.total_days + two.total_days, needed))


def onsite_shares(world: World) -> Iterator[Subject[tuple[Audit, ...]]]:
    """Initial audits as a pair of stages; surveillance and recertification audits alone."""
    for pair in initial_stage_pairs(world):
        yield Subject(f"application|{pair.id}", pair.anchor, pair.row[1:])
    for single in (*surveillances(world), *recertifications(world)):
        yield Subject(f"audit|{single.id}", single.anchor, (single.row,))


@rule("R5.4.2-c", onsite_shares)
def onsite_share(_: World, audits: tuple[Audit, ...]) -> str:
    """At least 80 % of the audit time is on site."""
    onsite = [audit.onsite_days for audit in audits]
    total = [audit.total_days for audit in audits]
    if None in onsite or None in total:
        return breach_if(None)
    onsite_sum = sum((Fraction(days) for days in onsite if days is not None), Fraction(0))
    total_sum = sum((Fraction(days) for days in total if days is not None), Fraction(0))
    return breach_if(onsite_sum < Fraction(8, 10) * total_sum)


def timed_audits(world: World) -> Iterator[Subject[Audit]]:
    """Audits with a number of days."""
    return (subject for subject in every_audit(world) if subject.row.total_days is not None)


@rule("R5.4.2-d", timed_audits)
def half_days(_: World, audit: Audit) -> str:
    """Audit time is a multiple of half a day."""
    return breach_if(audit.total_days is not None and (2 * Fraction(audit.total_days)).denominator != 1)


def combined_audits(world: World) -> Iterator[Subject[Audit]]:
    """Audits of ITSMS with other systems."""
    return (subject for subject in every_audit(world) if len(subject.row.systems) > 1)


@rule("R5.4.2.4", combined_audits)
def combined_time(_: World, audit: Audit) -> str:
    """A combined audit takes at least 80 % of the separate audits' time."""
    if audit.separate_days_sum is None:
        return breach_if(None)
    return breach_if(below(audit.combined_total_days, Fraction(8, 10) * Fraction(audit.separate_days_sum)))


def needed_days(audit: Audit, persons: int, *reasons: str | None) -> Fraction:
    """half(base x f x t) for an audit's type."""
    return half(base(persons) * factor(*reasons) * SHARE[audit.audit_type])


def share_of_initial(audit: Audit) -> str:
    """Whether a later audit reaches its share of the initial time."""
    if audit.headcount_effective is None:
        return breach_if(None)
    return breach_if(
        below(audit.total_days, needed_days(audit, audit.headcount_effective, audit.reduction_reason))
    )


@rule("R5.7.4", surveillances)
def surveillance_time(_: World, audit: Audit) -> str:
    """At least a third of the initial time."""
    return share_of_initial(audit)


@rule("R5.8.4", recertifications)
def recertification_time(_: World, audit: Audit) -> str:
    """At least two thirds of the initial time."""
    return share_of_initial(audit)
