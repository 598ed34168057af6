"""Audit time after Annex B, in whole half days, so that every comparison is exact.

Only the generator's idea of a sound plan: the judgement on the records is made elsewhere, from parameter
rows.
"""

from __future__ import annotations

import numpy as np

_UP_TO = np.array([15, 25, 45, 65, 85, 125, 175, 275, 425, 625, 875, 1175, 1550, 2025, 2675, 3450])
_HALF_DAYS = np.array([7, 9, 11, 12, 14, 16, 18, 20, 22, 24, 26, 30, 32, 34, 36, 38, 40])


def base(headcount: np.ndarray) -> np.ndarray:
    """Base time of an initial audit in half days."""
    return _HALF_DAYS[np.searchsorted(_UP_TO, headcount)]


def share(half_days: np.ndarray, numerator: np.ndarray | int, denominator: int) -> np.ndarray:
    """half_days x numerator / denominator to the nearest half day, ties up."""
    return (2 * half_days * numerator + denominator) // (2 * denominator)


def least(headcount: np.ndarray, reduced: np.ndarray, numerator: int = 1, denominator: int = 1) -> np.ndarray:
    """Least time in half days: base x 0.7 (if reduced) x numerator / denominator, to the nearest half day."""
    factor = np.where(reduced, 7, 10)
    return share(base(headcount), factor * numerator, 10 * denominator)


def ceil_div(a: np.ndarray | int, b: np.ndarray | int) -> np.ndarray:
    return -(-np.asarray(a) // b)
