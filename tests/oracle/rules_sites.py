"""Clause 5.4.3: several sites."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from .arithmetic import Number, base, half, smallest_sample
from .audits import completed, f, k, order, sites, stages, t
from .judging import (
    BREACH,
    NOT_APPLICABLE,
    PASS,
    UNDETERMINED,
    WARNING,
    Population,
    Subject,
    breach_if,
    each,
    rule,
)
from .records import Record
from .rules_programme import audits_of_type, every_audit, main_audits, surveillances
from .rules_time import added, times
from .world import World

SiteOfAudit = tuple[Record, Record]
TENTHS = {"stage2": 10, "surveillance": 6, "recertification": 8}
OWN_TIME = ("similar", "dissimilar", "headquarters")


def with_sites(population: Population, kind: str) -> Population:
    """The audits of a population that have at least one site of a kind, audited or not."""
    return population.where(lambda world, audit: bool(sites(world, audit, kind)))


full_audits = audits_of_type("stage2", "recertification")


@rule("R5.4.3.2", with_sites(main_audits, "similar"))
def similar_sites(world: World, audit: Record) -> str:
    """Enough similar sites are audited."""
    audited = len(sites(world, audit, "similar", audited=True))
    return breach_if(audited < smallest_sample(len(sites(world, audit, "similar")), TENTHS[audit.audit_type]))


def headquarters_audited(world: World, audit: Record) -> bool | None:
    """Whether one of the headquarters was audited; unknown where there is no row of one."""
    if not sites(world, audit, "headquarters"):
        return None
    return bool(sites(world, audit, "headquarters", audited=True))


def with_headquarters(world: World, audit: Record, missed: bool) -> str:
    """Breach where dissimilar sites are missed or no headquarters was audited."""
    audited = headquarters_audited(world, audit)
    if missed or audited is False:
        return BREACH
    return UNDETERMINED if audited is None else PASS


@rule("R5.4.3.3-a", with_sites(full_audits, "dissimilar"))
def all_dissimilar_sites(world: World, audit: Record) -> str:
    """Every dissimilar site is audited, and the headquarters."""
    return with_headquarters(world, audit, bool(sites(world, audit, "dissimilar", audited=False)))


@rule("R5.4.3.3-b", with_sites(surveillances, "dissimilar"))
def some_dissimilar_sites(world: World, audit: Record) -> str:
    """30 % of the dissimilar sites and the headquarters are audited."""
    audited, there = sites(world, audit, "dissimilar", audited=True), sites(world, audit, "dissimilar")
    return with_headquarters(world, audit, 10 * len(audited) < 3 * len(there))


def audited_dissimilar(world: World, audit: Record) -> set[str]:
    """The dissimilar sites that an audit went to."""
    return {site.site_id for site in sites(world, audit, "dissimilar", audited=True)}


@rule("R5.4.3.3-c", with_sites(surveillances, "dissimilar"))
def other_dissimilar_sites(world: World, audit: Record) -> str:
    """Not the same sites as the certificate's surveillance before."""
    same = completed(world, world.of("audit", "certificate_id", audit.certificate_id), "surveillance")
    before = [other for other in same if order(other) < order(audit)]
    if not before:
        return NOT_APPLICABLE
    chosen = audited_dissimilar(world, audit)
    repeated = bool(chosen) and chosen == audited_dissimilar(world, before[-1])
    return WARNING if repeated and sites(world, audit, "dissimilar", audited=False) else PASS


def share_test(days: Number | None, needed: Fraction | None, share: Fraction) -> str:
    """Breach below the share of the rounded time, warning below that of the exact time."""
    if days is None or needed is None:
        return UNDETERMINED
    if days < share * half(needed):
        return BREACH
    return WARNING if days < share * needed else PASS


@each("audit")
def sites_with_own_time(world: World, audit: Record) -> Iterator[Subject]:
    """Audited sites that are no service points, where there is more than one such site."""
    for subject in main_audits.subjects(world, audit):
        fixed = [site for site in sites(world, audit) if site.site_kind != "service_point"]
        if len(fixed) > 1:
            for site in fixed:
                if site.site_kind in OWN_TIME and site.audited:
                    yield Subject(f"{subject.id}|{site.site_id}", subject.anchor, (audit, site), of=audit)


@rule("R5.4.3.4-a", sites_with_own_time)
def site_time(_: World, row: SiteOfAudit) -> str:
    """Half the on-site time that the site alone would need."""
    audit, site = row
    needed = times(base(site.headcount), f(audit), t(audit), k(audit))
    return share_test(site.onsite_days, needed, Fraction(5, 10) * Fraction(8, 10))


@each("audit")
def service_points(world: World, audit: Record) -> Iterator[Subject]:
    """Audited service points of audits of every type."""
    for subject in every_audit.subjects(world, audit):
        for site in sites(world, audit, "service_point", audited=True):
            yield Subject(f"{subject.id}|{site.site_id}", subject.anchor, site)


@rule("R5.4.3.4-b", service_points)
def service_point_time(_: World, site: Record) -> str:
    """A quarter of a day at least."""
    return breach_if(None if site.onsite_days is None else site.onsite_days < Fraction(1, 4))


@rule("R5.4.3.4-c", main_audits.where(lambda world, audit: len(sites(world, audit)) > 1))
def time_of_all_sites(world: World, audit: Record) -> str:
    """The sites' times add up to the on-site time of the whole."""
    ones = stages(world, audit.application_id, "stage1")[-1:] if audit.audit_type == "stage2" else []
    needed = times(base(audit.headcount_effective), f(audit, *ones), t(audit), k(audit))
    spent = added(
        *(site.onsite_days for site in sites(world, audit, audited=True)), *(one.onsite_days for one in ones)
    )
    return share_test(spent, needed, Fraction(8, 10))
