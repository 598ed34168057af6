"""Clause 5.4.1: the audit programme; and the populations of audits that other chapters share."""

from __future__ import annotations

from collections.abc import Iterator

from .audits import is_completed, is_held, is_itsms
from .chain import Link, has_links, links
from .judging import BREACH, UNDETERMINED, Judgement, Population, Subject, breach_if, each, rule
from .records import Record
from .world import World, blank

MAIN_TYPES = ("stage2", "surveillance", "recertification")


@each("certificate")
def all_links(world: World, row: Record) -> Iterator[Subject]:
    """The links of current rows; the due day is a term."""
    if has_links(world, row):
        for link in links(world, row):
            yield Subject(link.subject_id, link.due, link, of=row)


first_links = all_links.where(lambda _, link: link.n == 1)
later_links = all_links.where(lambda _, link: link.n > 1)


@rule("R5.4.1.4-a", first_links, is_term=True)
def first_surveillance(_: World, link: Link) -> Judgement:
    """Within 12 months of the line's start."""
    return Judgement(link.state, link.due)


@rule("R5.4.1.4-b", later_links, is_term=True, floating=True)
def later_surveillance(_: World, link: Link) -> Judgement:
    """Within 12 months of the one before."""
    return Judgement(link.state, link.due)


def audits_of_type(*types: str) -> Population:
    """Completed ITSMS audits of these types (none given: all five), on the day they began."""

    @each("audit")
    def some(world: World, audit: Record) -> Iterator[Subject]:
        if (not types or audit.audit_type in types) and is_itsms(audit) and is_completed(world, audit):
            yield Subject(audit.audit_id, audit.actual_start, audit)

    return some


every_audit = audits_of_type()
main_audits = audits_of_type(*MAIN_TYPES)
surveillances = audits_of_type("surveillance")
recertifications = audits_of_type("recertification")


@each("audit")
def held_audits(world: World, audit: Record) -> Iterator[Subject]:
    """Held ITSMS audits of all types, on the day they began."""
    if is_itsms(audit) and is_held(world, audit):
        yield Subject(audit.audit_id, audit.actual_start, audit)


def works_in_shifts(_: World, audit: Record) -> bool:
    """Whether the client works in more than one shift."""
    return audit.shifts_total is not None and audit.shifts_total > 1


@rule("R5.4.1.5", main_audits.where(works_in_shifts))
def shifts(_: World, audit: Record) -> str:
    """One shift at least is audited, and a reason given for the others."""
    if audit.shifts_audited is None:
        return UNDETERMINED
    if audit.shifts_audited < 1:
        return BREACH
    return breach_if(audit.shifts_audited < audit.shifts_total and blank(audit.shift_skip_reason))
