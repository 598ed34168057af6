"""The clients and what they ask for: one chain of ITSMS certification cycles per client.

Holds what does not change from cycle to cycle. When things happen stands in cycles.py.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from ingestion.demo.bodies import Bodies
from ingestion.demo.days import Calendar, month_of
from ingestion.demo.streams import Streams, between, chance, pick
from ingestion.demo.vocabulary import PROFILE_CLASSES, SCOPE_CODES, SCOPE_WEIGHTS

SEASON = np.array([0.55, 0.45, 0.95, 1.1, 1.15, 1.3, 0.95, 0.85, 1.1, 1.0, 1.3, 1.35])
"""Relative number of initial audits by month: quiet around the Spring Festival, busy in June and at year
end."""

GROWTH_PER_YEAR = 0.06


@dataclass(frozen=True)
class Clients:
    """One row per client (chain). first_audit: day wished for the stage 2 of the first cycle."""

    body: np.ndarray
    is_transfer: np.ndarray
    headcount: np.ndarray
    profile: np.ndarray
    scopes: np.ndarray
    with_isms: np.ndarray
    with_qms: np.ndarray
    is_multisite: np.ndarray
    is_reduced: np.ndarray
    shifts: np.ndarray
    first_audit: np.ndarray
    fails_review: np.ndarray
    fails_audit: np.ndarray
    audit_breaks_off: np.ndarray

    def first(self, count: int) -> Clients:
        """The first clients only."""
        return Clients(**{f.name: getattr(self, f.name)[:count] for f in fields(self)})

    @property
    def extra_systems(self) -> np.ndarray:
        return self.with_isms.astype(np.int64) + self.with_qms


def draw_clients(
    count: int,
    alongside_share: float,
    bodies: Bodies,
    calendar: Calendar,
    first: int,
    last: int,
    streams: Streams,
) -> Clients:
    """Clients whose first stage 2 is wished between the days first and last; about the given share is
    combined."""
    rng = streams.of("clients")
    body = pick(rng, bodies.weights, count)
    strained = body == bodies.strained
    usual = np.exp(rng.normal(3.35, 0.75, count)).astype(np.int64).clip(4, 1500)
    headcount = np.where(strained, between(rng, 4, 15, count), usual)
    profile = (rng.random(count) < 0.4).astype(np.int64)
    combined = chance(rng, alongside_share, count) & ~strained
    which = rng.random(count)
    return Clients(
        body=body,
        is_transfer=chance(rng, 0.1, count),
        headcount=headcount,
        profile=profile,
        scopes=_scopes(profile, rng),
        with_isms=combined & (which < 0.65),
        with_qms=combined & (which > 0.5),
        is_multisite=chance(rng, 0.15, count) & (headcount >= 36),
        is_reduced=chance(rng, 0.15, count),
        shifts=np.where(chance(rng, 0.12, count), between(rng, 2, 3, count), 1),
        first_audit=_seasonal_days(count, calendar, first, last, rng),
        fails_review=chance(rng, 0.015, count),
        fails_audit=chance(rng, 0.012, count),
        audit_breaks_off=chance(rng, 0.004, count),
    )


def profile_scopes() -> np.ndarray:
    """Boolean (2, 25): the scope codes that belong to each professional profile."""
    return np.array([[code[:2] in classes for code in SCOPE_CODES] for classes in PROFILE_CLASSES])


def _scopes(profile: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One to three scope codes of the client's profile (bool, clients x 25)."""
    count = len(profile)
    keys = rng.random((count, len(SCOPE_CODES))) ** (1 / np.array(SCOPE_WEIGHTS))
    keys = np.where(profile_scopes()[profile], keys, 0.0)
    order = np.argsort(-keys, axis=1, kind="stable")[:, :3]
    wanted = pick(rng, [0.5, 0.35, 0.15], count) + 1
    chosen = np.zeros((count, len(SCOPE_CODES)), dtype=bool)
    for place in range(3):
        rows = np.flatnonzero(wanted > place)
        chosen[rows, order[rows, place]] = True
    return chosen


def _seasonal_days(
    count: int, calendar: Calendar, first: int, last: int, rng: np.random.Generator
) -> np.ndarray:
    days = calendar.working[(calendar.working >= first) & (calendar.working <= last)]
    weights = SEASON[month_of(days) % 12] * (1 + GROWTH_PER_YEAR * (days - first) / 365)
    return days[pick(rng, weights, count)]
