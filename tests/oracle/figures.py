"""The rows of the exports that are no findings: status, workload, surveillance, capacity."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from decimal import Decimal

from . import unknown
from .arithmetic import add_months
from .capacity import Capacity, capacity
from .chain import days_overdue, has_links, links
from .clients import is_abroad
from .judging import NOT_APPLICABLE, UNDETERMINED
from .load import work_done, workload
from .records import Record
from .status import Status, opening_event, status_on
from .world import World

LinkRow = tuple[str, int, date | None, date | None, str, int | None]


def status_rows(world: World) -> list[tuple[str, str, date | None]]:
    """certificate_id, status, status_since: no stubs, nothing issued after as_of.

    The unknown day of an opening event is its last possible one, and leaves status_since empty where it decides;
    a stated status that cannot be read states nothing.
    """
    latest, earliest = _statuses(world, early=False), _statuses(world, early=True)
    found = []
    for row, status in latest.items():
        other = earliest.get(row)
        stated_only = row.solid("status_given") == status.status and _opens_without_day(world, row)
        is_known = other is not None and other.since == status.since and not stated_only
        found.append((row.certificate_id, status.status, status.since if is_known else None))
    return sorted(found)


def _opens_without_day(world: World, row: Record) -> bool:
    if row.is_unknown("status_given", "status_given_on"):
        return False
    opening = opening_event(world, row)
    return opening is not None and opening.is_unknown("effective_on")


@contextmanager
def as_stated(world: World, *, early: bool = False) -> Iterator[None]:
    """Every ledger's state as far as it can be read; the unknown days of opening events taken late or early."""
    with ExitStack() as tried:
        for row in world.table("certificate"):
            for name in ("status_given", "status_given_on", "suspended_until_given", "decision_id"):
                if row.is_unknown(name):
                    tried.enter_context(unknown.trying((row, name), None))
            opening = opening_event(world, row)
            if opening is not None and opening.is_unknown("effective_on"):
                day = add_months(world.as_of, -1200) if early else opening._latest
                tried.enter_context(unknown.trying((opening, "effective_on"), day))
        yield


def _statuses(world: World, *, early: bool) -> dict[Record, Status]:
    """The status of every certificate that has one."""
    with as_stated(world, early=early):
        statuses = {row: status_on(world, row, world.as_of) for row in world.table("certificate")}
    return {row: status for row, status in statuses.items() if status is not None}


def workload_rows(world: World) -> list[tuple[str, Decimal | None, Decimal | None]]:
    """person_id, the largest window and the calendar year over all days; NULL where nothing was delivered."""
    if "audit_assignment" in world.source.absent_tables:
        return sorted((row.person_id, None, None) for row in world.table("person", stubs=True))
    found = []
    for row in world.table("person", stubs=True):
        sums = workload(world, work_done(world, row.person_id).certain, {})
        found.append((row.person_id, sums.rolling_max, sums.calendar_year))
    return sorted(found)


def surveillance_rows(world: World) -> list[LinkRow]:
    """certificate_id, n, due_on, done_on, state, days_overdue of every link."""
    unknown.absent_read.clear()
    found = [one for row in world.table("certificate") for one in _links(world, row)]
    if unknown.absent_read:
        found = [one if one[4] == NOT_APPLICABLE else (*one[:4], UNDETERMINED, None) for one in found]
    return sorted(found)


def _links(world: World, row: Record) -> Iterator[LinkRow]:
    """The links of one certificate, unknown cells tried; a later link only if it is there under every value."""
    budget = unknown.Budget()
    tried = unknown.outcomes(
        lambda: (_links_once(world, row), unknown.is_a_day_tried()), lambda _: False, budget
    )
    found = [some for some, _ in tried]
    for n in sorted({n for some in found for n in some}):
        variants = [some.get(n) for some in found]
        if n > 1 and any(n not in some and by_a_day for some, by_a_day in tried):
            continue
        rows = [one for one in variants if one is not None]
        state = (
            rows[0][4] if len({one and one[4] for one in variants}) == 1 and not budget.over else UNDETERMINED
        )
        common = [values.pop() if len(values) == 1 else None for values in map(set, zip(*rows, strict=True))]
        yield row.certificate_id, n, common[2], common[3], state, common[5]


def _links_once(world: World, row: Record) -> dict[int, LinkRow]:
    if not has_links(world, row):
        return {}
    found: dict[int, LinkRow] = {}
    for link in links(world, row):
        state, overdue = link.state, days_overdue(world, link)
        if is_abroad(world, row.peek("org_id")):
            state, overdue = NOT_APPLICABLE, None
        found[link.n] = (row.certificate_id, link.n, link.due, link.done, state, overdue)
    return found


def capacity_rows(world: World) -> list[tuple[str, Capacity]]:
    """The figures of every body, stubs too."""
    return sorted(
        (
            (row.body_id, capacity(world, row.body_id))
            for row in world.table("certification_body", stubs=True)
        ),
        key=lambda pair: pair[0],
    )
