"""The certification bodies: how many, how large, and which one is stretched to its limits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ingestion.demo.streams import Streams

CERTIFICATES_PER_BODY = 3000
STRAINED_CERTIFICATES = 1000
"""Size of the body that has too few auditors: small clients only, so that it runs into the ratio, not into
days."""


@dataclass(frozen=True)
class Bodies:
    """One row per body. running: number at the end of the approval number; strained: index of the
    stretched one."""

    count: int
    weights: np.ndarray
    running: np.ndarray
    approved_year: np.ndarray
    brand: np.ndarray
    kind: np.ndarray
    strained: int


def draw_bodies(certificates: int, streams: Streams) -> Bodies:
    """Bodies of unequal size for so many certificates; only from two bodies on is one of them stretched."""
    rng = streams.of("bodies")
    count = max(1, -(-certificates // CERTIFICATES_PER_BODY))
    weights = np.exp(rng.normal(0.0, 0.35, count))
    strained = -1
    if count > 1:
        strained = count - 1
        share = min(0.4, STRAINED_CERTIFICATES / certificates)
        weights[:strained] *= (1 - share) / weights[:strained].sum()
        weights[strained] = share
    running = 100 + rng.permutation(880)[:count]
    approved_year = 2002 + rng.integers(0, 15, count)
    return Bodies(
        count=count,
        weights=weights / weights.sum(),
        running=running,
        approved_year=approved_year,
        brand=rng.permutation(np.arange(count)),
        kind=rng.integers(0, 5, count),
        strained=strained,
    )
