"""Audits: completed, held, begun; their order, stage pair and gap pair; team and time.

"One that names no audit_type looks at all five": callers name the types they want.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from .records import Record
from .world import World, blank, earliest, remembered

ITSMS = "ITSMS"
AUDITOR_ROLES = ("leader", "auditor")
# t: the share of the initial audit's time that each type needs at least (stage 1 + stage 2 for stage2).
SHARE = {"stage2": Fraction(1), "surveillance": Fraction(1, 3), "recertification": Fraction(2, 3)}
COMBINED_SHARE = Fraction(8, 10)


def is_itsms(row: Record | None) -> bool:
    """Whether an audit, application or certificate is one of ITSMS; a parent that is a stub stays in."""
    if row is None:
        return False
    if row.is_stub:
        return True
    return bool(row.system == ITSMS) if row.table == "certificate" else ITSMS in row.systems


def is_completed(world: World, audit: Record) -> bool:
    """Completed, and ended by as_of, whatever the systems."""
    return bool(audit.status == "completed" and world.happened(audit.actual_end))


def is_held(world: World, audit: Record) -> bool:
    """Completed, or terminated after it had begun."""
    if audit.status == "terminated":
        return world.happened(audit.actual_start)
    return is_completed(world, audit)


def is_begun(world: World, audit: Record) -> bool:
    """Not cancelled, and began by as_of."""
    return world.happened(audit.actual_start) and audit.status != "cancelled"


def held_end(world: World, audit: Record) -> date | None:
    """The end of a held audit: actual_end, else (terminated) the last day on site by as_of, else actual_start."""
    ended = world.known(audit.actual_end)
    if ended is not None or audit.status != "terminated":
        return ended
    days = [world.known(row.onsite_end) for row in team(world, audit)]
    return max((day for day in days if day is not None), default=audit.actual_start)


def order(audit: Record) -> tuple[date, str]:
    """The order of audits (of completed ones: actual_end is known)."""
    return audit.actual_end, audit.audit_id


def completed(world: World, audits: Iterable[Record], *types: str) -> list[Record]:
    """The completed ITSMS audits among these, of these types (none: all), in the order of audits."""
    chosen = [
        audit
        for audit in audits
        if not audit.is_stub
        and (not types or audit.audit_type in types)
        and is_itsms(audit)
        and is_completed(world, audit)
    ]
    return sorted(chosen, key=order)


@remembered
def of_application(world: World, application_id: str | None) -> list[Record]:
    """Every audit of an application, whatever its status or systems."""
    return world.of("audit", "application_id", application_id)


@remembered
def stages(world: World, application_id: str | None, audit_type: str) -> list[Record]:
    """An application's completed ITSMS audits of a type, in order."""
    return completed(world, of_application(world, application_id), audit_type)


def stage_pair(world: World, application_id: str | None) -> tuple[Record, Record] | None:
    """The application's last completed stage1 and last completed stage2, if it has both."""
    ones, twos = stages(world, application_id, "stage1"), stages(world, application_id, "stage2")
    return (ones[-1], twos[-1]) if ones and twos else None


def gap_pair(world: World, application_id: str | None) -> tuple[Record | None, Record] | None:
    """The first completed stage2, and the stage1 that its interval is counted from; None without a stage2."""
    twos = stages(world, application_id, "stage2")
    if not twos:
        return None
    ones, start = stages(world, application_id, "stage1"), twos[0].actual_start
    before = [one for one in ones if start is not None and one.actual_end <= start]
    candidates = before or ones
    return (candidates[-1] if candidates else None), twos[0]


def first_begun(world: World, application_id: str | None, *, itsms_only: bool = True) -> date | None:
    """The earliest actual_start of the application's begun audits."""
    audits = [row for row in of_application(world, application_id) if not itsms_only or is_itsms(row)]
    return earliest(*(row.actual_start for row in audits if is_begun(world, row)))


# --- team ----------------------------------------


def team(world: World, audit: Record) -> list[Record]:
    """All assignments of an audit."""
    return world.of("audit_assignment", "audit_id", audit.audit_id)


def auditors(world: World, audit: Record) -> list[Record]:
    """Assignments as leader or auditor."""
    return [row for row in team(world, audit) if row.role in AUDITOR_ROLES]


def auditor_ids(world: World, audit: Record) -> set[str]:
    """Persons who are leader or auditor of an audit."""
    return {row.person_id for row in auditors(world, audit)}


def sites(world: World, audit: Record, *kinds: str, audited: bool | None = None) -> list[Record]:
    """An audit's sites, of some kinds (none: all), audited or not."""
    return [
        row
        for row in world.of("audit_site", "audit_id", audit.audit_id)
        if (not kinds or row.site_kind in kinds) and (audited is None or row.audited is audited)
    ]


# --- time: f, k, t ----------------------------------------


def f(*audits: Record) -> Fraction:
    """1 when no reason for a reduction is given on any of the audits, else 0.7."""
    return Fraction(1) if all(blank(row.reduction_reason) for row in audits) else Fraction(7, 10)


def k(audit: Record) -> Fraction:
    """0.8 when the audit's systems hold more than one system, else 1."""
    return COMBINED_SHARE if len(audit.systems) > 1 else Fraction(1)


def t(audit: Record) -> Fraction:
    """The audit type's share of the initial time."""
    return SHARE[audit.audit_type]
