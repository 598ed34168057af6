"""Random streams: one per subject, so that a change in one module leaves the draws of every other as they
were."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence


@dataclass(frozen=True)
class Streams:
    """Named, independent, reproducible generators below one seed."""

    seed: int

    def of(self, subject: str) -> Generator:
        """The generator of one subject; the same seed and subject always start the same stream."""
        return Generator(PCG64(SeedSequence([self.seed, zlib.crc32(subject.encode())])))


def chance(rng: Generator, share: float, n: int) -> np.ndarray:
    """Boolean array (n,), true with probability `share`."""
    return rng.random(n) < share


def between(rng: Generator, low: int, high: int, n: int) -> np.ndarray:
    """int64 array (n,), uniform over low..high, both included."""
    return rng.integers(low, high + 1, n)


def pick(rng: Generator, weights: list[float] | np.ndarray, n: int) -> np.ndarray:
    """Indices (n,) drawn with the given weights."""
    edges = np.cumsum(np.asarray(weights, dtype=float))
    return np.searchsorted(edges, rng.random(n) * edges[-1], side="right").clip(0, len(edges) - 1)
