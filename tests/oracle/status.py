"""Certificate status on any day: own and inherited end, suspensions, since when, opening events.

What the catalogue's certificate_status says about NULL (no expiry; an event without day or kind is left out)
holds for unreadable cells too. Only the unknown day of an opening event, and an unreadable status_given, are
tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .arithmetic import add_days
from .lines import current_row
from .records import Record, record
from .world import World, earliest, remembered

ENDS = ("revoked", "cancelled", "superseded", "expired")  # in this order on one day
_OPENING = ("suspended", "revoked", "cancelled")


@dataclass(frozen=True)
class End:
    """How and on which day a certificate ended."""

    on: date
    how: str


@dataclass(frozen=True)
class Status:
    """A certificate's status on a day, and the first day of the run of that status."""

    status: str
    since: date


def opening_event(world: World, row: Record) -> Record | None:
    """The event that is derived from the ledger's status of a certificate without any event row."""
    if row.is_stub or world.of("certificate_event", "certificate_id", row.certificate_id):
        return None
    if row.status_given not in _OPENING:
        return None
    day = row.status_given_on
    if day is not None and day > world.as_of:
        return None
    made = (row, row.status_given, day, row.suspended_until_given)
    if made not in world.derived:
        world.derived[made] = _opening(world, row, day)
    return world.derived[made]


def _opening(world: World, row: Record, day: date | None) -> Record:
    found = record(
        "certificate_event",
        {
            "event_id": f"opening of {row.certificate_id}",
            "certificate_id": row.certificate_id,
            "seq": 0,
            "event": row.status_given,
            "suspended_until": row.suspended_until_given,
            **({} if day is None else {"effective_on": day}),
        },
        unknown_cells=frozenset() if day is not None else frozenset({"effective_on"}),
    )
    if day is None:
        found._latest = _latest_opening(world, row)
    return found


def _latest_opening(world: World, row: Record) -> date:
    """The last day that an opening event of unknown day can have: as_of, or the day of an earlier end."""
    if row.status_given == "suspended":
        return world.as_of
    over = _earliest_end(world, ends_without_events(world, row))
    return world.as_of if over is None else min(over.on, world.as_of)


def own_events(world: World, row: Record) -> list[Record]:
    """The certificate's events that have taken effect, by (effective_on, seq); an opening event among them."""
    rows = [
        event
        for event in world.of("certificate_event", "certificate_id", row.certificate_id)
        if event.solid("event") is not None and world.happened(event.solid("effective_on"))
    ]
    opening = opening_event(world, row)
    if opening is not None:
        rows = [*rows, opening]
    return sorted(rows, key=place)


def unclear_events(world: World, row: Record) -> list[Record]:
    """The certificate's events of which the kind or the day could not be read."""
    return [
        event
        for event in world.of("certificate_event", "certificate_id", row.certificate_id)
        if event.solid("event") is None or event.solid("effective_on") is None
    ]


def place(event: Record) -> tuple[date, int, str]:
    """The order of a certificate's events: (effective_on, seq); an unknown seq comes last."""
    seq = event.solid("seq")
    return event.effective_on, (10**9 if seq is None else seq), event.event_id


def _effect(row: Record, day: date) -> date:
    """A day before issued_on counts as of issued_on."""
    issued = row.solid("issued_on")
    return day if issued is None else max(day, issued)


def ends_without_events(world: World, row: Record) -> list[End]:
    """The certificate's ends by a following certificate and by expiry, not before its issue."""
    ends = []
    for successor in world.of("certificate", "previous_certificate_id", row.certificate_id):
        issued = successor.solid("issued_on")
        if world.happened(issued) and successor is not row:
            ends.append(End(_effect(row, issued), "superseded"))
    expires = row.solid("expires_on")
    if expires is not None and world.happened(add_days(expires, 1)):
        ends.append(End(_effect(row, add_days(expires, 1)), "expired"))
    return ends


def _earliest_end(world: World, ends: list[End]) -> End | None:
    """The first end by as_of; one that counts as of a later issue has not happened yet."""
    ends = [one for one in ends if world.happened(one.on)]
    return min(ends, key=lambda one: (one.on, ENDS.index(one.how)), default=None)


@remembered
def own_end(world: World, row: Record) -> End | None:
    """The certificate's own end by as_of: by event, by a following certificate, by expiry."""
    if row.is_stub:
        return None
    ends = ends_without_events(world, row)
    for event in own_events(world, row):
        if event.event in ("revoked", "cancelled"):
            ends.append(End(_effect(row, event.effective_on), event.event))
    return _earliest_end(world, ends)


@remembered
def main_row(world: World, row: Record) -> Record | None:
    """The current row of the main certificate's line; None for a main certificate and for a stub."""
    main = world.get("certificate", row.solid("parent_certificate_id"))
    return None if main is None or main.is_stub or main is row else current_row(world, main)


@remembered
def end(world: World, row: Record) -> End | None:
    """The certificate's end by as_of, own or inherited; the earlier one."""
    own, main = own_end(world, row), main_row(world, row)
    inherited = None if main is None else own_end(world, main)
    if inherited is None:
        return own
    issued = row.solid("issued_on")
    if inherited.how == "superseded" and issued is not None and inherited.on <= issued:
        return own
    inherited = End(_effect(row, inherited.on), inherited.how)
    return _earliest_end(world, [one for one in (own, inherited) if one is not None])


@remembered
def suspensions(world: World, row: Record) -> list[tuple[date, date | None]]:
    """The certificate's own suspensions [first day, day of restoration): an open one has no second day."""
    runs: list[tuple[date, date | None]] = []
    for event in own_events(world, row):
        day = _effect(row, event.effective_on)
        is_open = bool(runs) and runs[-1][1] is None
        if event.event == "suspended" and not is_open:
            runs.append((day, None))
        elif event.event == "restored" and is_open:
            runs[-1] = (runs[-1][0], day)
    return runs


def _main_suspensions(world: World, row: Record) -> list[tuple[date, date | None]]:
    """The main certificate's suspensions as they reach into a sub-certificate's life; empty ones left out."""
    main = main_row(world, row)
    if main is None:
        return []
    over, issued = own_end(world, main), row.solid("issued_on")
    found = []
    for first, last in suspensions(world, main):
        until = earliest(last, None if over is None else over.on)
        if until is not None and (until <= first or (issued is not None and until <= issued)):
            continue
        found.append((_effect(row, first), until))
    return found


def is_suspended_by_itself(world: World, row: Record, day: date) -> bool:
    """Whether the certificate is suspended on a day by its own events (its end is not looked at)."""
    return any(first <= day and (last is None or day < last) for first, last in suspensions(world, row))


def status_on(world: World, row: Record, day: date) -> Status | None:
    """The status on a day not later than as_of; None before the certificate was issued.

    An unknown day of issue counts only as far as it is being tried: rules on whose state it hangs read it first.
    """
    issued = row.peek("issued_on")
    if row.is_stub or issued is None or issued > day:
        return None
    over = end(world, row)
    if over is not None and over.on <= day:
        return Status(over.how, over.on)
    runs = [run for run in (*suspensions(world, row), *_main_suspensions(world, row)) if run[0] <= day]
    return _from_runs(runs, issued, day)


def _from_runs(runs: list[tuple[date, date | None]], issued: date, day: date) -> Status:
    """Suspended since the first day of the unbroken run that holds the day; else valid since the last one ended."""
    first: date | None = None
    until: date | None = None  # of the run that began on `first`; None: open
    last_end = issued
    for start, stop in sorted(runs, key=lambda run: (run[0], run[1] or date.max)):
        if first is None or (until is not None and start > until):
            first, until = start, stop
        elif until is not None:
            until = None if stop is None else max(until, stop)
        if stop is not None and stop <= day:
            last_end = max(last_end, stop)
    if first is not None and (until is None or day < until):
        return Status("suspended", max(first, issued))
    return Status("valid", last_end)


def is_status(world: World, row: Record, day: date, *names: str) -> bool:
    """Whether the certificate had one of these statuses on a day."""
    found = status_on(world, row, day)
    return found is not None and found.status in names
