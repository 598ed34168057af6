"""The ground rule of 7.2.1 and 7.3: from the day on which a ground stands to the act that answers it."""

from __future__ import annotations

from datetime import date

from .arithmetic import add_days
from .judging import NOT_APPLICABLE, PASS, WARNING, Judgement, deadline
from .records import Record
from .status import is_status, main_row, opening_event, own_end, place, suspensions
from .world import World

ACT_DAYS = 5
DISCOVERY_DAYS = 30  # house_ground_discovery_days


def first_day(world: World, row: Record, begins: date, until: date | None, *statuses: str) -> date | None:
    """g: the first day >= begins, by as_of, on which the certificate has one of the statuses and the ground stands."""
    last = world.as_of if until is None else min(until, world.as_of)
    turns = {begins, row.issued_on}
    main = main_row(world, row)
    for one in (row, *([] if main is None else [main])):
        turns |= {stop for _, stop in suspensions(world, one) if stop is not None}
        over = own_end(world, one)
        turns |= {over.on} if over is not None else set()
    return next(
        (day for day in sorted(turns) if begins <= day <= last and is_status(world, row, day, *statuses)),
        None,
    )


def acts(world: World, row: Record, *kinds: str) -> list[Record]:
    """The certificate's own events of these kinds that have taken effect, in order; an opening event among them.

    The status leaves out an event of unknown day or kind; as an act it may have been the one that was owed.
    """
    rows = world.of("certificate_event", "certificate_id", row.certificate_id)
    opening = opening_event(world, row)
    found = [
        event
        for event in (*rows, *([] if opening is None else [opening]))
        if event.event in kinds and world.happened(event.effective_on)
    ]
    return sorted(found, key=place)


def act(world: World, row: Record, g: date, *kinds: str) -> Record | None:
    """The certificate's own first event of these kinds on or after g."""
    return next((event for event in acts(world, row, *kinds) if event.effective_on >= g), None)


def answered(
    world: World,
    g: date,
    found: Record | None,
    over: date | None,
    until: date | None = None,
    days: int = DISCOVERY_DAYS,
) -> Judgement:
    """The ground rule's state: g, the act, the certificate's end where it counts as done, the ground's last day.

    days: how long after g the act is due where no inquiry is recorded.
    """
    established = None if found is None else world.known(found.established_on)
    if established is not None:
        state = WARNING if established > add_days(g, DISCOVERY_DAYS) else PASS
        return Judgement(state, add_days(max(established, g), ACT_DAYS))
    due = add_days(g, days)
    if found is None and until is not None and until < world.as_of and until <= due:
        return Judgement(NOT_APPLICABLE, due)
    done = [day for day in (None if found is None else found.effective_on, over) if day is not None]
    return deadline(world, due, min(done, default=None), horizon=days)
