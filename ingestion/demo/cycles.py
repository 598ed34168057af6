"""The course of each client's certification: when it is wished to be audited, and what becomes of its
certificates.

Days here are wishes. The scheduler may move an audit by some days; what follows from an audit (report,
decision, issue) is counted from the day on which it took place, with the lags drawn here.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np

from ingestion.demo.clients import Clients
from ingestion.demo.days import NONE, add_months
from ingestion.demo.streams import Streams, between, chance, pick

CYCLES = 2
"""Cycles followed per client: from the start of the third year before as_of no one can begin a third."""


class Fate(IntEnum):
    """What happens to a certificate besides its ordinary course. At most one per certificate."""

    ORDINARY = 0
    LATE_SUSPENDED = 1  # a surveillance runs late; suspended in time, restored after the audit
    LATE_IGNORED = 2  # a surveillance runs late and nothing is done about it
    LAPSED = 3  # no surveillance any more: suspended, then revoked when the term is over
    LAPSED_FORGOTTEN = 4  # the same, but the term runs out and nobody revokes
    OVERDUE = 5  # no surveillance any more and not even suspended (only seen for recent ones)
    SUSPENDED = 6  # suspended for another reason and restored in time
    SUSPENDED_REVOKED = 7  # suspended for another reason, revoked when the term is over
    CANCELLED = 8  # cancelled at the client's wish
    REVOKED = 9  # revoked: the client lost its legal status or was listed for dishonesty


_FATE_WEIGHTS = [0.805, 0.028, 0.012, 0.035, 0.008, 0.006, 0.03, 0.009, 0.055, 0.012]
RENEWAL_SHARE = 0.86
RUNS_OUT_SHARE = 0.05
"""Of those that do not renew: the certificate simply runs out. The others cancel before."""
SPECIAL_SHARE = 0.02
"""Certificates with a special audit, announced at short notice after a complaint or a change."""
OVERDUE_HORIZON = 150
"""Days before as_of within which a surveillance may be found open and ignored."""


@dataclass(frozen=True)
class Cycles:
    """Arrays (clients, CYCLES), surveillance (clients, CYCLES, 2). Absent: NONE.

    begun: the cycle's certification audit takes place at all. audit_on: stage 2 or recertification audit.
    decision_lag, issue_lag: days from its end to the decision, from there to issue. fate_at: which
    surveillance (1, 2) the fate is about; fate_on: the day of a fate that hangs on no surveillance; delay:
    days overdue.
    """

    begun: np.ndarray
    audit_on: np.ndarray
    decision_lag: np.ndarray
    issue_lag: np.ndarray
    issue_on: np.ndarray
    surveillance_on: np.ndarray
    special_on: np.ndarray
    fate: np.ndarray
    fate_at: np.ndarray
    fate_on: np.ndarray
    delay: np.ndarray

    def first(self, count: int) -> Cycles:
        return Cycles(**{f.name: getattr(self, f.name)[:count] for f in fields(self)})


def plan_cycles(clients: Clients, as_of: int, streams: Streams) -> Cycles:
    """The wished course of every client's cycles."""
    rng = streams.of("cycles")
    count = len(clients.body)
    shape = (count, CYCLES)
    begun = np.zeros(shape, dtype=bool)
    audit_on, issue_on, special_on, fate_on = (np.full(shape, NONE, dtype=np.int64) for _ in range(4))
    surveillance = np.full((count, CYCLES, 2), NONE, dtype=np.int64)
    decision_lag = between(rng, 15, 40, count * CYCLES).reshape(shape)
    issue_lag = pick(rng, [5, 3, 2, 1, 1], count * CYCLES).reshape(shape)
    fate = pick(rng, _FATE_WEIGHTS, count * CYCLES).reshape(shape)
    fate_at = between(rng, 1, 2, count * CYCLES).reshape(shape)
    delay = between(rng, 12, 100, count * CYCLES).reshape(shape)

    begun[:, 0] = ~clients.fails_review
    audit_on[:, 0] = clients.first_audit
    certified = begun[:, 0] & ~clients.fails_audit & ~clients.audit_breaks_off
    for cycle in range(CYCLES):
        issue = audit_on[:, cycle] + 1 + decision_lag[:, cycle] + issue_lag[:, cycle]
        issue_on[:, cycle] = np.where(certified, issue, NONE)
        _forget_old_neglect(fate[:, cycle], fate_at[:, cycle], issue, as_of)
        renews = chance(rng, RENEWAL_SHARE, count)
        leaves = ~renews & (fate[:, cycle] == Fate.ORDINARY) & ~chance(rng, RUNS_OUT_SHARE, count)
        fate[leaves, cycle] = Fate.CANCELLED
        fate_on[:, cycle] = _fate_day(fate[:, cycle], leaves, issue, rng)
        first, second, next_audit = _audits_of(fate[:, cycle], fate_at[:, cycle], delay[:, cycle], issue, rng)
        gone = np.isin(fate[:, cycle], (Fate.CANCELLED, Fate.REVOKED, Fate.SUSPENDED_REVOKED))
        cut = np.where(gone, fate_on[:, cycle] - 20, np.iinfo(np.int64).max)
        for place, wish in enumerate((first, second)):
            surveillance[:, cycle, place] = np.where(certified & (wish < cut), wish, NONE)
        special = certified & (fate[:, cycle] == Fate.ORDINARY) & chance(rng, SPECIAL_SHARE, count)
        special_on[:, cycle] = np.where(special, issue + between(rng, 90, 700, count), NONE)
        lapsed = np.isin(fate[:, cycle], (Fate.LAPSED, Fate.LAPSED_FORGOTTEN, Fate.OVERDUE))
        for place in range(2):
            dropped = lapsed & (fate_at[:, cycle] <= place + 1)
            surveillance[dropped, cycle, place] = NONE
        certified = certified & renews & ~gone & ~lapsed
        if cycle + 1 < CYCLES:
            begun[:, cycle + 1] = certified
            audit_on[:, cycle + 1] = np.where(certified, next_audit, NONE)
    return Cycles(
        begun,
        audit_on,
        decision_lag,
        issue_lag,
        issue_on,
        surveillance,
        special_on,
        fate,
        fate_at,
        fate_on,
        delay,
    )


def _forget_old_neglect(fate: np.ndarray, at: np.ndarray, issue: np.ndarray, as_of: int) -> None:
    """An ignored overdue surveillance is only believable while it is recent: the older ones become late
    ones."""
    due = add_months(issue, 12 * at)
    old = (fate == Fate.OVERDUE) & ((due < as_of - OVERDUE_HORIZON) | (due > as_of))
    fate[old] = Fate.LATE_IGNORED


def _fate_day(
    fate: np.ndarray, leaves: np.ndarray, issue: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Day of a fate that hangs on no surveillance; those who leave do so before their third year is full."""
    count = len(fate)
    within = between(rng, 60, 800, count)
    towards_end = between(rng, 900, 980, count)
    return issue + np.where(leaves, towards_end, within)


def _audits_of(
    fate: np.ndarray, at: np.ndarray, delay: np.ndarray, issue: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Days wished for the first and second surveillance and for the recertification audit."""
    count = len(fate)
    late = np.isin(fate, (Fate.LATE_SUSPENDED, Fate.LATE_IGNORED))
    early = between(rng, 16, 42, count)
    first = add_months(issue, 12) + np.where(late & (at == 1), delay, -early)
    early = between(rng, 12, 34, count)
    second = add_months(first, 12) + np.where(late & (at == 2), delay, -early)
    expires = add_months(issue, 36) - 1
    opens = add_months(expires, -3) + 4
    closes = np.minimum(add_months(second, 12) - 9, expires - 52)
    wished = opens + (rng.random(count) * np.maximum(closes - opens, 0)).astype(np.int64)
    recertification = np.maximum(np.minimum(wished, np.maximum(closes, opens)), second + 60)
    overrun = chance(rng, 0.015, count)
    return first, second, np.where(overrun, expires - 8, recertification)
