"""Person-day load: an assignment's days laid on the calendar, and the sums over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from . import unknown
from .arithmetic import add_days
from .audits import AUDITOR_ROLES, is_held
from .records import Record
from .world import World

Load = dict[date, Decimal]
CYCLE_DAYS = 365
FORECAST_DAYS = 90
IN_FORCE = date(2026, 3, 1)


def laid(row: Record) -> Load:
    """At most one day per calendar day from onsite_start on; what does not fit goes on the last day."""
    last = row.solid("onsite_end")
    span = 1 if last is None else max(1, (last - row.onsite_start).days + 1)
    left = row.onsite_days
    days: Load = {}
    for k in range(span):
        portion = left if k == span - 1 else min(Decimal(1), left)
        days[add_days(row.onsite_start, k)] = max(Decimal(0), portion)
        left = max(Decimal(0), left - portion)
    return days


def total(loads: Iterable[Load]) -> Load:
    """The sum of several loads, day by day."""
    summed: defaultdict[date, Decimal] = defaultdict(Decimal)
    for load in loads:
        for day, days in load.items():
            summed[day] += days
    return dict(summed)


def has_no_day(row: Record) -> bool:
    """Whether an assignment cannot be laid: a NULL where it begins or how long, an onsite_end that cannot be read."""
    unreadable_end = row.is_unknown("onsite_end") and not row.is_blank("onsite_end")
    return row.is_unknown("onsite_start", "onsite_days") or unreadable_end


@dataclass
class Work:
    """One person's work: certain load, load that could count as well, and assignments that cannot be laid."""

    certain: Load = field(default_factory=dict)
    uncertain: Load = field(default_factory=dict)
    unlaid: list[Record] = field(default_factory=list)


def _counts(world: World, row: Record) -> bool:
    """Whether an assignment is work done: leader or auditor of a held audit (of a stub: over by as_of)."""
    if row.role not in AUDITOR_ROLES:
        return False
    audit = world.get("audit", row.audit_id)
    if audit is None or audit.is_stub:
        return world.happened(row.onsite_end)
    return is_held(world, audit)


def _is_planned(world: World, row: Record) -> bool:
    """Whether an assignment is work to come: leader or auditor of a planned audit."""
    if row.role not in AUDITOR_ROLES:
        return False
    audit = world.get("audit", row.audit_id)
    return audit is not None and not audit.is_stub and audit.status == "planned"


def _gathered(world: World, rows: Iterable[Record], first: date, last: date, *, planned: bool) -> Work:
    """The work of some assignments on the days from first to last."""
    certain: list[Load] = []
    uncertain: list[Load] = []
    unlaid: list[Record] = []
    test = _is_planned if planned else _counts
    for row in rows:
        found = unknown.possible(lambda row=row: test(world, row))  # type: ignore[misc]
        if True not in found:
            continue
        if has_no_day(row):
            unlaid.append(row)
            continue
        days = {day: days for day, days in laid(row).items() if first <= day <= last}
        (certain if found == {True} else uncertain).append(days)
    return Work(total(certain), total(uncertain), unlaid)


def work_done(world: World, person_id: str) -> Work:
    """A person's work on held audits of all systems, days by as_of."""
    rows = world.of("audit_assignment", "person_id", person_id)
    return _gathered(world, rows, date.min, world.as_of, planned=False)


def work_planned(world: World, person_id: str) -> Work:
    """A person's work on planned audits of all systems, days after as_of."""
    rows = world.of("audit_assignment", "person_id", person_id)
    return _gathered(world, rows, add_days(world.as_of, 1), date.max, planned=True)


def largest_window(load: Load, first_end: date, last_end: date) -> Decimal:
    """The largest sum over 365 consecutive days that end on one of these days.

    Loads are never negative, so only the first window and those that end on a day with load can be largest.
    """
    largest = Decimal(0)
    for window_end in {first_end} | {day for day in load if first_end < day <= last_end}:
        before = add_days(window_end, -CYCLE_DAYS)
        largest = max(largest, sum((x for day, x in load.items() if before < day <= window_end), Decimal(0)))
    return largest


@dataclass(frozen=True)
class Workload:
    """Sums of a person's load against the cycle-year."""

    in_force: Decimal  # the largest window, days from 2026-03-01 on
    rolling_max: Decimal  # the largest window, all days
    calendar_year: Decimal
    forecast_max: Decimal  # the largest window that ends in the next 90 days, plans counted in


def workload(world: World, done: Load, planned: Load) -> Workload:
    """The sums over some load."""
    as_of = world.as_of
    first_end = add_days(as_of, 1 - CYCLE_DAYS)
    return Workload(
        in_force=largest_window({d: x for d, x in done.items() if d >= IN_FORCE}, first_end, as_of),
        rolling_max=largest_window(done, first_end, as_of),
        calendar_year=sum(
            (days for day, days in done.items() if date(as_of.year, 1, 1) <= day <= as_of), Decimal(0)
        ),
        forecast_max=largest_window(
            total([done, planned]), add_days(as_of, 1), add_days(as_of, FORECAST_DAYS)
        ),
    )
