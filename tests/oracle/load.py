"""Person-day load: an assignment's days laid on the calendar, and the sums over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .arithmetic import add_days
from .records import AuditAssignment
from .world import AUDITOR_ROLES, World

Load = dict[date, Decimal]
CYCLE_DAYS = 365
FORECAST_DAYS = 90


def laid(assignment: AuditAssignment) -> Load:
    """At most one day per calendar day from onsite_start on; what does not fit goes on the last day."""
    span = max(1, (assignment.onsite_end - assignment.onsite_start).days + 1)
    left = assignment.onsite_days
    days: Load = {}
    for k in range(span):
        portion = left if k == span - 1 else min(Decimal(1), left)
        days[add_days(assignment.onsite_start, k)] = max(Decimal(0), portion)
        left = max(Decimal(0), left - portion)
    return days


def total(loads: Iterable[Load]) -> Load:
    """The sum of several loads, day by day."""
    summed: defaultdict[date, Decimal] = defaultdict(Decimal)
    for load in loads:
        for day, days in load.items():
            summed[day] += days
    return dict(summed)


def loads(world: World, status: str) -> dict[str, Load]:
    """Every person's load from completed or from planned audits, all systems, as leader or auditor."""
    parts: defaultdict[str, list[Load]] = defaultdict(list)
    for audit in world.source.audit:
        if audit.status != status or (status == "completed" and not world.is_completed(audit)):
            continue
        for assignment in world.team(audit.audit_id):
            if assignment.role in AUDITOR_ROLES:
                parts[assignment.person_id].append(laid(assignment))
    return {person_id: total(some) for person_id, some in parts.items()}


def largest_window(load: Load, first_end: date, last_end: date) -> Decimal:
    """The largest sum over 365 consecutive days that end on one of these days.

    Loads are never negative, so only the first window and those that end on a day with load can be largest.
    """
    window_ends = {first_end} | {day for day in load if first_end < day <= last_end}
    return max(
        sum((load[day] for day in load if add_days(window_end, -CYCLE_DAYS) < day <= window_end), Decimal(0))
        for window_end in window_ends
    )


@dataclass(frozen=True, slots=True)
class Workload:
    """One person's load against the cycle-year."""

    rolling_max: Decimal
    calendar_year: Decimal
    forecast_max: Decimal


def workloads(world: World) -> dict[str, Workload]:
    """The workload of every person, also of those with no load."""
    completed = loads(world, "completed")
    planned = loads(world, "planned")
    as_of = world.as_of
    result = {}
    for person in world.source.person:
        done = completed.get(person.person_id, {})
        coming = {day: days for day, days in planned.get(person.person_id, {}).items() if day > as_of}
        result[person.person_id] = Workload(
            rolling_max=largest_window(done, add_days(as_of, 1 - CYCLE_DAYS), as_of),
            calendar_year=sum(
                (days for day, days in done.items() if date(as_of.year, 1, 1) <= day <= as_of), Decimal(0)
            ),
            forecast_max=largest_window(
                total([done, coming]), add_days(as_of, 1), add_days(as_of, FORECAST_DAYS)
            ),
        )
    return result
