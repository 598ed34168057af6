"""Clauses 5.4.2, 5.7.4, 5.8.4 and Annex B: audit time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from .arithmetic import Number, base, half
from .audits import f, k, sites, stage_pair, t
from .judging import BREACH, PASS, UNDETERMINED, WARNING, Subject, breach_if, each, rule, warning_if
from .records import Record
from .rules_programme import every_audit, main_audits, recertifications, surveillances
from .world import World

StagePair = tuple[Record, Record, Record]
ONSITE_SHARE = Fraction(8, 10)
FIXED_SITES = ("headquarters", "similar", "dissimilar")


def floor_test(days: Number | None, floor: Fraction | None) -> str:
    """Days against a floor that is never rounded itself."""
    if days is None or floor is None:
        return UNDETERMINED
    if days < half(floor):
        return BREACH
    return WARNING if days < floor else PASS


def times(value: Fraction | None, *factors: Fraction) -> Fraction | None:
    """A product; NULL where the base is NULL."""
    for factor in factors:
        value = None if value is None else value * factor
    return value


def added(*values: Decimal | None) -> Decimal | None:
    """A sum; NULL where one part is NULL."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


@each("application")
def stage_pairs(world: World, row: Record) -> Iterator[Subject]:
    """ITSMS applications with both stages completed, on the day stage 2 began."""
    if "ITSMS" in row.systems:
        pair = stage_pair(world, row.application_id)
        if pair is not None:
            yield Subject(row.application_id, pair[1].actual_start, (row, *pair), of=row)


initial_stage_pairs = stage_pairs.where(lambda _, pair: pair[0].kind in ("initial", "transfer"))


def persons(application: Record, two: Record) -> int | None:
    """The effective persons of an initial audit: stage 2's, else the application's."""
    found: int | None = two.headcount_effective
    return application.headcount_effective if found is None else found


@rule("R5.4.2-a", initial_stage_pairs, reads=("application.headcount_effective",))
def initial_time(_: World, pair: StagePair) -> str:
    """Stage 1 + stage 2 reach Annex B, reduced by 30 % at most."""
    application, one, two = pair
    floor = times(base(persons(application, two)), f(one, two), k(two))
    return floor_test(added(one.total_days, two.total_days), floor)


@each(lambda world: [*world.table("application"), *world.table("audit")])
def initial_and_later(world: World, row: Record) -> Iterator[Subject]:
    """Initial audits as a pair of stages with their application; surveillance and recertification audits alone."""
    if row.table == "application":
        for one in initial_stage_pairs.subjects(world, row):
            yield Subject(f"application|{one.id}", one.anchor, one.row, of=row)
    else:
        for later in (surveillances, recertifications):
            for one in later.subjects(world, row):
                yield Subject(f"audit|{one.id}", one.anchor, (None, row), of=row)


@rule("R5.4.2-c", initial_and_later)
def onsite_share(_: World, row: tuple[Record | None, ...]) -> str:
    """At least 80 % of the audit time is on site."""
    audits = [audit for audit in row[1:] if audit is not None]
    onsite = added(*(audit.onsite_days for audit in audits))
    total = added(*(audit.total_days for audit in audits))
    return breach_if(None if onsite is None or total is None else onsite < ONSITE_SHARE * Fraction(total))


@rule("R5.4.2-d", every_audit.where(lambda _, audit: audit.total_days is not None))
def half_days(_: World, audit: Record) -> str:
    """Audit time is a multiple of half a day."""
    return breach_if((2 * Fraction(audit.total_days)).denominator != 1)


@rule("R5.4.2.4", every_audit.where(lambda _, audit: len(audit.systems) > 1))
def combined_time(_: World, audit: Record) -> str:
    """A combined audit takes at least 80 % of the separate audits' time."""
    if audit.combined_total_days is None or audit.separate_days_sum is None:
        return UNDETERMINED
    return breach_if(audit.combined_total_days < Fraction(8, 10) * Fraction(audit.separate_days_sum))


@rule(
    "R5.4.2.4-b",
    initial_and_later.where(lambda _, row: len(row[-1].systems) > 1),
    reads=("application.headcount_effective",),
)
def possible_sum(_: World, row: tuple[Record | None, ...]) -> str:
    """The separate audits' time is not less than what ITSMS alone needs."""
    application, *audits = row
    last = audits[-1]
    assert last is not None
    heads = last.headcount_effective if application is None else persons(application, last)
    share = Fraction(1) if application is not None else t(last)
    chosen = [audit for audit in audits if audit is not None]
    needed = times(base(heads), f(*chosen), share)
    given = added(*(audit.separate_days_sum for audit in chosen))
    return breach_if(None if needed is None or given is None else given < half(needed))


def share_of_initial(_: World, audit: Record) -> str:
    """A later audit reaches its share of the initial time."""
    floor = times(base(audit.headcount_effective), f(audit), k(audit), t(audit))
    return floor_test(audit.total_days, floor)


rule("R5.7.4", surveillances)(share_of_initial)
rule("R5.8.4", recertifications)(share_of_initial)


@rule("RB-1", main_audits.where(lambda world, audit: bool(sites(world, audit, *FIXED_SITES))))
def people_at_sites(world: World, audit: Record) -> str:
    """Not fewer effective persons than people at the fixed sites."""
    if audit.headcount_effective is None:
        return UNDETERMINED
    there = sum(site.headcount or 0 for site in sites(world, audit, *FIXED_SITES))
    return warning_if(audit.headcount_effective < there)
