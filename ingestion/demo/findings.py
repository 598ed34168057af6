"""Nonconformities of the audits and the decisions that follow: when raised, accepted, verified, decided."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ingestion.demo.audits import Kind
from ingestion.demo.days import NONE, known
from ingestion.demo.history import History
from ingestion.demo.streams import Streams, between, chance, pick

MAJOR_SHARE = 0.035
"""Audits with a major nonconformity."""
LATE_VERIFICATION_SHARE = 0.1
SURVEILLANCE_DECISION_SHARE = 0.45
"""Surveillance audits that end in a decision of their own (5.12.6 lets the body do without)."""


@dataclass(frozen=True)
class Findings:
    """audit, major, clause, raised, accepted, verified: one row per nonconformity. decided: per audit, the
    day of its decision. last_accepted: per audit, when the last of its nonconformities was accepted (NONE:
    has none)."""

    audit: np.ndarray
    major: np.ndarray
    clause: np.ndarray
    raised: np.ndarray
    accepted: np.ndarray
    verified: np.ndarray
    decided: np.ndarray
    last_accepted: np.ndarray


def draw_findings(history: History, as_of: int, streams: Streams) -> Findings:
    """Nonconformities up to as_of, ordered by audit."""
    rng = streams.of("findings")
    audits = history.audits
    count = len(audits)
    examined = history.over & ~history.broken_off & (audits.kind != Kind.STAGE1)
    major = chance(rng, MAJOR_SHARE, count) & examined
    number = np.where(examined, np.maximum(pick(rng, [40, 30, 18, 9, 3], count), major), 0)
    audit = np.repeat(np.arange(count), number)
    rows = len(audit)
    first = np.r_[True, audit[1:] != audit[:-1]] if rows else np.zeros(0, dtype=bool)
    is_major = first & major[audit]
    raised = history.schedule.last[audit]
    accepted = raised + between(rng, 3, 14, rows)
    follow = audits.kind[audit] == Kind.SURVEILLANCE
    wait = np.where(follow, between(rng, 15, 80, rows), between(rng, 5, 14, rows))
    wait = np.where(follow & chance(rng, LATE_VERIFICATION_SHARE, rows), between(rng, 95, 130, rows), wait)
    minor_wait = np.where(chance(rng, 0.7, rows), between(rng, 14, 60, rows), NONE)
    verified = np.where(is_major, raised + wait, np.where(minor_wait == NONE, NONE, raised + minor_wait))
    tardy = chance(rng, 0.004, rows) & follow
    accepted = np.where(tardy, raised + 40, accepted)

    closed = np.full(count, NONE, dtype=np.int64)
    np.maximum.at(closed, audit[is_major], verified[is_major])
    own = (
        np.isin(audits.kind, (Kind.SURVEILLANCE, Kind.SPECIAL))
        & examined
        & (chance(rng, SURVEILLANCE_DECISION_SHARE, count) | major)
    )
    maintained = np.maximum(history.schedule.last + between(rng, 16, 28, count), closed + 2)
    decided = np.where(own, maintained, history.decided)
    last = np.full(count, NONE, dtype=np.int64)
    np.maximum.at(last, audit, accepted)
    return Findings(
        audit=audit,
        major=is_major,
        clause=between(rng, 0, 22, rows),
        raised=raised,
        accepted=known(accepted, as_of),
        verified=known(verified, as_of),
        decided=known(decided, as_of),
        last_accepted=known(last, as_of),
    )
