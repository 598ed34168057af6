"""Suspensions, restorations, revocations, cancellations, changes and reissues of ITSMS main certificates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from ingestion.demo.audits import Kind
from ingestion.demo.cycles import Cycles, Fate
from ingestion.demo.days import NONE, add_months
from ingestion.demo.history import History
from ingestion.demo.streams import Streams, between, chance, pick


class Happening(IntEnum):
    SUSPENDED = 0
    RESTORED = 1
    REVOKED = 2
    CANCELLED = 3
    REISSUED = 4
    CHANGED = 5


EVENT_NAMES = ["suspended", "restored", "revoked", "cancelled", "reissued", "changed"]
REASONS = [
    "7.2.1(1)", "7.2.1(3)", "7.2.1(6)", "7.2.1(7)", "7.2.1(8)", "7.2.1(11)", "7.2.1(13)",
    "7.3(1)", "7.3(2)", "7.3(3)", "7.4",
]  # fmt: skip
OVERDUE, LEGAL_STATUS, DISHONESTY, TERM_OVER, OWN_WISH = 2, 7, 8, 9, 10
CHANGE_CODES = ["0101", "0102", "0110", "103", "105", "106"]
RENAMED = 0


@dataclass(frozen=True)
class Events:
    """One row per event, by certificate and order. ended: per certificate, its end (NONE: goes on)."""

    certificate: np.ndarray
    seq: np.ndarray
    event: np.ndarray
    effective: np.ndarray
    established: np.ndarray
    reason: np.ndarray
    until: np.ndarray
    change: np.ndarray
    published: np.ndarray
    ended: np.ndarray


def happen(history: History, cycles: Cycles, as_of: int, streams: Streams) -> Events:
    """All events up to as_of."""
    rng = streams.of("events")
    held = history.certificates
    count = len(held)
    fate = cycles.fate[held.client, held.cycle]
    fate_on = cycles.fate_on[held.client, held.cycle]
    due, done = _missed_surveillance(history, cycles)
    by_neglect = np.isin(fate, (Fate.LATE_SUSPENDED, Fate.LAPSED, Fate.LAPSED_FORGOTTEN))
    by_cause = np.isin(fate, (Fate.SUSPENDED, Fate.SUSPENDED_REVOKED))
    begins = np.where(by_neglect, due + between(rng, 1, 5, count), np.where(by_cause, fate_on, NONE))
    begins = np.where(by_neglect & (due == NONE), NONE, begins)
    months = np.where(by_neglect, between(rng, 5, 6, count), between(rng, 2, 5, count))
    months = np.where(chance(rng, 0.01, count), 7, months)
    until = add_months(np.maximum(begins, 0), months) - between(rng, 0, 8, count)
    restored = np.where(fate == Fate.LATE_SUSPENDED, done + between(rng, 3, 15, count), NONE)
    restored = np.where((fate == Fate.LATE_SUSPENDED) & (done == NONE), NONE, restored)
    restored = np.where(fate == Fate.SUSPENDED, until - between(rng, 2, 40, count), restored)
    term_over = np.isin(fate, (Fate.LAPSED, Fate.SUSPENDED_REVOKED)) & (begins != NONE)
    slack = np.where(chance(rng, 0.12, count), between(rng, 7, 30, count), between(rng, 0, 5, count))
    revoked = np.where(term_over, until + slack, NONE)
    revoked = np.where(fate == Fate.REVOKED, fate_on, revoked)
    cancelled = np.where(fate == Fate.CANCELLED, fate_on, NONE)
    cause = pick(rng, [2, 1, 0, 1, 2, 4, 1], count)
    revocation = np.where(term_over, TERM_OVER, np.where(chance(rng, 0.5, count), LEGAL_STATUS, DISHONESTY))

    stop = np.minimum.reduce([_open(revoked), _open(cancelled), _open(held.replaced_on), held.expires + 1])
    changed = held.issued + between(rng, 40, 1000, count)
    changed = np.where(chance(rng, 0.1, count) & (changed < stop), changed, NONE)
    change = pick(rng, [4, 4, 2, 3, 2, 1], count)
    reissued = np.where((change < 2) & (changed != NONE), changed + between(rng, 3, 20, count), NONE)
    reissued = np.where(reissued < stop, reissued, NONE)
    nothing = np.full(count, -1, dtype=np.int64)
    parts = [
        (Happening.SUSPENDED, begins, np.where(by_neglect, OVERDUE, cause), nothing),
        (Happening.RESTORED, restored, nothing, nothing),
        (Happening.REVOKED, revoked, revocation, nothing),
        (Happening.CANCELLED, cancelled, nothing + 1 + OWN_WISH, nothing),
        (Happening.CHANGED, changed, nothing, change),
        (Happening.REISSUED, reissued, nothing, change),
    ]
    who = np.tile(np.arange(count), len(parts))
    event = np.repeat([int(kind) for kind, *_ in parts], count)
    effective, reason, code = (np.concatenate([part[i] for part in parts]) for i in (1, 2, 3))
    term = np.where(event == Happening.SUSPENDED, np.tile(until, len(parts)), NONE)
    told = (effective != NONE) & (effective <= as_of) & (effective <= stop[who])
    order = np.flatnonzero(told)
    order = order[np.lexsort((event[order], effective[order], who[order]))]
    who, event, effective, reason, code, term = (
        a[order] for a in (who, event, effective, reason, code, term)
    )
    rows = len(who)
    wait = np.where(chance(rng, 0.03, rows), between(rng, 6, 10, rows), between(rng, 0, 4, rows))
    found = np.where(np.isin(event, (Happening.SUSPENDED, Happening.REVOKED)), effective - wait, NONE)
    found = np.where(chance(rng, 0.02, rows), NONE, found)
    public = effective + between(rng, 0, 2, rows)
    public = np.where(
        (event > Happening.CANCELLED) | chance(rng, 0.03, rows) | (public > as_of), NONE, public
    )
    ended = np.where(stop <= as_of, stop, NONE)
    return Events(who, _seq(who), event, effective, found, reason, term, code, public, ended)


def _missed_surveillance(history: History, cycles: Cycles) -> tuple[np.ndarray, np.ndarray]:
    """Per certificate: due day of the surveillance that its fate is about, and the day on which it was
    done."""
    held, audits = history.certificates, history.audits
    ends = np.full((len(held), 3), NONE, dtype=np.int64)
    ends[:, 0] = held.issued
    rows = np.flatnonzero((audits.kind == Kind.SURVEILLANCE) & history.over & (history.certificate >= 0))
    ends[history.certificate[rows], audits.n[rows]] = history.schedule.last[rows]
    at = cycles.fate_at[held.client, held.cycle]
    anchor = ends[np.arange(len(held)), at - 1]
    due = np.where(anchor == NONE, NONE, add_months(np.maximum(anchor, 0), 12))
    return due, ends[np.arange(len(held)), at]


def _open(days: np.ndarray) -> np.ndarray:
    return np.where(days == NONE, np.iinfo(np.int64).max, days)


def _seq(certificate: np.ndarray) -> np.ndarray:
    rows = np.arange(len(certificate))
    starts = np.r_[True, certificate[1:] != certificate[:-1]] if len(rows) else np.zeros(0, dtype=bool)
    return rows - np.maximum.accumulate(np.where(starts, rows, 0)) + 1
