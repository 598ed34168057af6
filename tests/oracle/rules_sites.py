"""Clause 5.4.3: several sites."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from .arithmetic import base, half, smallest_sample
from .judging import (
    BREACH,
    NOT_APPLICABLE,
    PASS,
    UNDETERMINED,
    WARNING,
    Subject,
    breach_if,
    rule,
)
from .records import Audit, AuditSite
from .rules_programme import audits_of_type, every_audit, main_audits, surveillances
from .rules_time import SHARE, below, needed_days
from .world import World, factor, order

SiteOfAudit = tuple[Audit, AuditSite]
TENTHS = {"stage2": 10, "surveillance": 6, "recertification": 8}


def sites(
    world: World, audit: Audit, kind: str | None = None, *, audited: bool | None = None
) -> list[AuditSite]:
    """An audit's sites, of one kind, audited or not."""
    return [
        site
        for site in world.sites.get(audit.audit_id, [])
        if kind in (None, site.site_kind) and audited in (None, site.audited)
    ]


def with_sites(
    population: Callable[[World], Iterator[Subject[Audit]]], kind: str
) -> Callable[[World], Iterator[Subject[Audit]]]:
    """The audits of a population that have at least one site of a kind, audited or not."""

    def chosen(world: World) -> Iterator[Subject[Audit]]:
        return (subject for subject in population(world) if sites(world, subject.row, kind))

    return chosen


full_audits = audits_of_type("stage2", "recertification")


@rule("R5.4.3.2", with_sites(main_audits, "similar"))
def similar_sites(world: World, audit: Audit) -> str:
    """Enough similar sites are audited."""
    audited = len(sites(world, audit, "similar", audited=True))
    return breach_if(audited < smallest_sample(len(sites(world, audit, "similar")), TENTHS[audit.audit_type]))


@rule("R5.4.3.3-a", with_sites(full_audits, "dissimilar"))
def all_dissimilar_sites(world: World, audit: Audit) -> str:
    """Every dissimilar site is audited."""
    return breach_if(bool(sites(world, audit, "dissimilar", audited=False)))


@rule("R5.4.3.3-b", with_sites(surveillances, "dissimilar"))
def some_dissimilar_sites(world: World, audit: Audit) -> str:
    """30 % of the dissimilar sites and the headquarters are audited."""
    if 10 * len(sites(world, audit, "dissimilar", audited=True)) < 3 * len(sites(world, audit, "dissimilar")):
        return BREACH
    if not sites(world, audit, "headquarters"):
        return UNDETERMINED
    return breach_if(not sites(world, audit, "headquarters", audited=True))


def audited_dissimilar(world: World, audit: Audit) -> set[str]:
    """The dissimilar sites that an audit went to."""
    return {site.site_id for site in sites(world, audit, "dissimilar", audited=True)}


@rule("R5.4.3.3-c", with_sites(surveillances, "dissimilar"))
def other_dissimilar_sites(world: World, audit: Audit) -> str:
    """Not the same sites as the surveillance before."""
    if audit.certificate_id is None:
        return NOT_APPLICABLE
    same = world.in_order(world.audits_of_certificate[audit.certificate_id], "surveillance")
    before = [other for other in same if order(other) < order(audit)]
    if not before:
        return NOT_APPLICABLE
    chosen = audited_dissimilar(world, audit)
    repeated = bool(chosen) and chosen == audited_dissimilar(world, before[-1])
    return WARNING if repeated and sites(world, audit, "dissimilar", audited=False) else PASS


def sites_with_own_time(world: World) -> Iterator[Subject[SiteOfAudit]]:
    """Audited sites that are no service points, where there is more than one such site."""
    for subject in main_audits(world):
        fixed = [site for site in sites(world, subject.row) if site.site_kind != "service_point"]
        if len(fixed) > 1:
            for site in fixed:
                if site.audited and site.site_kind != "temporary":
                    yield Subject(f"{subject.id}|{site.site_id}", subject.anchor, (subject.row, site))


@rule("R5.4.3.4-a", sites_with_own_time)
def site_time(_: World, row: SiteOfAudit) -> str:
    """Half the on-site time that the site alone would need."""
    audit, site = row
    if site.headcount is None:
        return breach_if(None)
    needed = half(base(site.headcount) * factor(audit.reduction_reason) * SHARE[audit.audit_type])
    return breach_if(below(site.onsite_days, Fraction(5, 10) * Fraction(8, 10) * needed))


def service_points(world: World) -> Iterator[Subject[SiteOfAudit]]:
    """Audited service points of audits of every type."""
    for subject in every_audit(world):
        for site in sites(world, subject.row, "service_point", audited=True):
            yield Subject(f"{subject.id}|{site.site_id}", subject.anchor, (subject.row, site))


@rule("R5.4.3.4-b", service_points)
def service_point_time(_: World, row: SiteOfAudit) -> str:
    """A quarter of a day at least."""
    return breach_if(below(row[1].onsite_days, Fraction(1, 4)))


def several_sites(world: World) -> Iterator[Subject[Audit]]:
    """Audits with more than one site of any kind."""
    return (subject for subject in main_audits(world) if len(sites(world, subject.row)) > 1)


@rule("R5.4.3.4-c", several_sites)
def time_of_all_sites(world: World, audit: Audit) -> str:
    """The sites' times add up to the on-site time of the whole."""
    days = [site.onsite_days for site in sites(world, audit, audited=True)]
    reasons = [audit.reduction_reason]
    if audit.audit_type == "stage2":
        for one in world.stages(audit.application_id, "stage1")[-1:]:
            days.append(one.onsite_days)
            reasons.append(one.reduction_reason)
    if audit.headcount_effective is None or None in days:
        return breach_if(None)
    spent = sum((Fraction(some) for some in days if some is not None), Fraction(0))
    return breach_if(spent < Fraction(8, 10) * needed_days(audit, audit.headcount_effective, *reasons))
