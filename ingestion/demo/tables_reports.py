"""cnca_report: audit plans, certification results, status changes, monthly and yearly reports."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ingestion.contract import contract
from ingestion.demo import columns as col
from ingestion.demo.days import add_months, first_of_month, month_of, year_of
from ingestion.demo.events import Happening
from ingestion.demo.streams import between, chance
from ingestion.demo.tables_audits import CANCELLED, offsite, status_of
from ingestion.demo.tables_bodies import months_of
from ingestion.demo.world import World

Table = dict[str, col.Column]

PLAN, RESULT, STATUS, MONTHLY, WORK, SOCIAL = range(6)
# In the contract's order.
KINDS = list(contract().tables["cnca_report"].column("kind").values)
CNCA, CNAS, CCAA = range(3)
RECIPIENTS = ["CNCA", "CNAS", "CCAA"]
ACCEPTED, REJECTED, PENDING = range(3)


@dataclass(frozen=True)
class _Reports:
    """body, kind, subject (row of the table that the kind is about, -1: none), period (month or year as a
    number, -1: none), recipient, day, result."""

    body: np.ndarray
    kind: np.ndarray
    subject: np.ndarray
    period: np.ndarray
    recipient: np.ndarray
    day: np.ndarray
    result: np.ndarray


def cnca_report(world: World) -> Table:
    rng = world.streams.of("cnca_report")
    parts = [
        _plans(world, rng),
        _results(world, rng),
        _status(world, rng),
        _monthly(world, rng),
        *_yearly(world, rng),
    ]
    every = _Reports(*(np.concatenate([getattr(p, f) for p in parts]) for f in _Reports.__dataclass_fields__))
    rows = np.flatnonzero(every.day <= world.as_of)
    rows = rows[np.argsort(every.day[rows], kind="stable")]
    every = _Reports(*(getattr(every, f)[rows] for f in _Reports.__dataclass_fields__))
    count = len(rows)
    month = col.joined(col.texts(1970 + every.period // 12), "-", col.texts(every.period % 12 + 1, 2))
    period = col.where(every.period >= 0, col.either(every.kind == MONTHLY, month, col.texts(every.period)))
    subject = col.either(
        every.kind == PLAN,
        col.ids("A", every.subject, 7),
        col.either(every.kind == RESULT, col.ids("C", every.subject, 6), col.ids("E", every.subject, 6)),
    )
    receipt = col.joined("HZ", col.texts(every.day), col.texts(np.arange(1, count + 1), 8))
    pending = (every.day > world.as_of - 2) & chance(rng, 0.3, count)
    result = np.where(pending & (every.result == ACCEPTED), PENDING, every.result)
    return {
        "report_id": col.ids("R", np.arange(count), 8),
        "body_id": col.ids("B", every.body, 2),
        "kind": col.words(every.kind, KINDS),
        "period": period,
        "subject_id": subject,
        "recipient": col.words(every.recipient, RECIPIENTS),
        "reported_on": col.dates(every.day),
        "receipt_no": receipt,
        "result": col.words(result, ["accepted", "rejected", "pending"]),
    }


def _made(body: np.ndarray, kind: int, subject: np.ndarray, day: np.ndarray) -> _Reports:
    blank = np.zeros(len(body), dtype=np.int64)
    return _Reports(body, blank + kind, subject, blank - 1, blank + CNCA, day, blank + ACCEPTED)


def _with_rejections(reports: _Reports, share: float, rng: np.random.Generator) -> _Reports:
    """Some reports are sent back first and accepted on another day: a rejected row before the accepted
    one."""
    again = np.flatnonzero(chance(rng, share, len(reports.body)))
    doubled = {
        f: np.concatenate([getattr(reports, f), getattr(reports, f)[again]])
        for f in reports.__dataclass_fields__
    }
    count = len(reports.body)
    doubled["day"][count:] -= 1
    doubled["result"][count:] = REJECTED
    return _Reports(**doubled)


def _plans(world: World, rng: np.random.Generator) -> _Reports:
    """Plans of audits on site at least three days ahead, a few too late or never."""
    history = world.history
    rows = np.flatnonzero(~offsite(world) & (status_of(world) != CANCELLED))
    ahead = between(rng, 4, 14, len(rows))
    ahead = np.where(chance(rng, 0.008, len(rows)), between(rng, 0, 2, len(rows)), ahead)
    day = history.schedule.first[rows] - ahead
    return _with_rejections(
        _made(world.clients.body[history.audits.client[rows]], PLAN, rows, day), 0.01, rng
    )


def _results(world: World, rng: np.random.Generator) -> _Reports:
    """Results by the 10th of the month after issue, a few some days late."""
    held = world.history.certificates
    main = world.issued.main
    issued = held.issued[main]
    due = first_of_month(month_of(issued) + 1) + 9
    window = np.minimum(due - issued, 25)
    day = due - (rng.random(len(main)) * window).astype(np.int64)
    day = np.where(chance(rng, 0.012, len(main)), due + between(rng, 1, 12, len(main)), day)
    body = world.clients.body[held.client[main]]
    return _with_rejections(_made(body, RESULT, np.arange(len(main)), day), 0.012, rng)


def _status(world: World, rng: np.random.Generator) -> _Reports:
    """Status changes within two working days, some late."""
    events = world.events
    rows = np.flatnonzero(events.event <= Happening.CANCELLED)
    wait = np.where(
        chance(rng, 0.03, len(rows)), between(rng, 3, 9, len(rows)), between(rng, 0, 2, len(rows))
    )
    day = np.maximum(world.calendar.after(events.effective[rows], wait), events.effective[rows])
    client = world.history.certificates.client[events.certificate[rows]]
    return _made(world.clients.body[client], STATUS, rows, day)


def _monthly(world: World, rng: np.random.Generator) -> _Reports:
    """A report to each of the three recipients by the 10th of the next month."""
    months = months_of(world)
    body, month, recipient = (
        a.ravel() for a in np.meshgrid(np.arange(world.bodies.count), months, np.arange(3), indexing="ij")
    )
    late = chance(rng, 0.015, len(body))
    day = first_of_month(month + 1) + np.where(
        late, between(rng, 10, 14, len(body)), between(rng, 2, 9, len(body))
    )
    made = _made(body, MONTHLY, np.full(len(body), -1), day)
    return _Reports(made.body, made.kind, made.subject, month, recipient, day, made.result)


def _yearly(world: World, rng: np.random.Generator) -> list[_Reports]:
    """Work report and social-responsibility report of each year, due at the end of March."""
    first, last = (int(y) for y in year_of(np.array([world.start, world.as_of])))
    body, year = (
        a.ravel() for a in np.meshgrid(np.arange(world.bodies.count), np.arange(first, last), indexing="ij")
    )
    reports = []
    for kind in (WORK, SOCIAL):
        due = add_months(first_of_month((year + 1 - 1970) * 12), 3) - 1
        late = (body == world.bodies.strained) & (kind == SOCIAL)
        day = due + np.where(late, between(rng, 3, 20, len(body)), -between(rng, 1, 60, len(body)))
        made = _made(body, kind, np.full(len(body), -1), day)
        reports.append(_Reports(made.body, made.kind, made.subject, year, made.recipient, day, made.result))
    return reports
