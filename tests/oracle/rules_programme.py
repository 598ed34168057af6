"""Clause 5.4.1: the audit programme."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .chain import Link, chain
from .judging import BREACH, UNDETERMINED, Judgement, Subject, breach_if, rule
from .records import Audit
from .world import World, blank


def links(*, first: bool) -> Callable[[World], Iterator[Subject[Link]]]:
    """First links, or the later ones; the due day is a term."""

    def population(world: World) -> Iterator[Subject[Link]]:
        for link in chain(world):
            if (link.n == 1) is first:
                yield Subject(f"{link.certificate.certificate_id}|{link.n}", link.due, link)

    return population


@rule("R5.4.1.4-a", links(first=True), is_term=True)
def first_surveillance(_: World, link: Link) -> Judgement:
    """Within 12 months of issue."""
    return Judgement(link.state, link.due)


@rule("R5.4.1.4-b", links(first=False), is_term=True)
def later_surveillance(_: World, link: Link) -> Judgement:
    """Within 12 months of the one before."""
    return Judgement(link.state, link.due)


def audits_of_type(*types: str) -> Callable[[World], Iterator[Subject[Audit]]]:
    """Completed ITSMS audits of these types (none given: all five), on the day they began."""

    def population(world: World) -> Iterator[Subject[Audit]]:
        for audit in world.completed_audits:
            if not types or audit.audit_type in types:
                yield Subject(audit.audit_id, audit.actual_start, audit)

    return population


every_audit = audits_of_type()
main_audits = audits_of_type("stage2", "surveillance", "recertification")
surveillances = audits_of_type("surveillance")
recertifications = audits_of_type("recertification")


def shift_work(world: World) -> Iterator[Subject[Audit]]:
    """Audits of clients that work in more than one shift."""
    return (
        subject
        for subject in main_audits(world)
        if subject.row.shifts_total is not None and subject.row.shifts_total > 1
    )


@rule("R5.4.1.5", shift_work)
def shifts(_: World, audit: Audit) -> str:
    """One shift at least is audited, and a reason given for the others."""
    total, audited = audit.shifts_total, audit.shifts_audited
    if total is None or audited is None:
        return UNDETERMINED
    if audited < 1:
        return BREACH
    return breach_if(audited < total and blank(audit.shift_skip_reason))
