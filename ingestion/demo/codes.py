"""Codes with check digits: unified social credit codes, organization codes and (obviously fictional) ID
numbers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.random import Generator

from ingestion.demo.columns import Column

ALPHABET = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRTUWXY", dtype=np.uint8)
"""The 31 characters of GB 32100; a character's value is its place here."""

_CREDIT_WEIGHTS = np.array([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])
_ORGANIZATION_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])
_IDENTITY_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])


def credit_codes(regions: np.ndarray, rng: Generator) -> Column:
    """Credit codes (18 characters) of enterprises in the given regions (int, 6 digits): no two are equal.

    The serial part counts through the alphabet from a random start, so that codes are unique by construction.
    """
    count = len(regions)
    code = np.empty((count, 18), dtype=np.uint8)
    code[:, 0:2] = np.frombuffer(b"91", dtype=np.uint8)
    code[:, 2:8] = _digits(regions, 6)
    code[:, 8:10] = np.frombuffer(b"MA", dtype=np.uint8)
    serial = (rng.permutation(count) + int(rng.integers(10**6))) * 7919 % 31**6
    for place in range(6):
        code[:, 15 - place] = ALPHABET[serial // 31**place % 31]
    code[:, 16] = _organization_check(code[:, 8:16])
    values = _values(code[:, :17])
    code[:, 17] = ALPHABET[(31 - values @ _CREDIT_WEIGHTS) % 31]
    return _strings(code)


def identity_numbers(born: np.ndarray, order: np.ndarray) -> Column:
    """ID numbers (18 characters) with a right check digit in region 990000, which no real card carries.

    born: YYYYMMDD as int; order: running number of the person (its last three digits are used).
    """
    code = np.empty((len(born), 18), dtype=np.uint8)
    code[:, 0:6] = np.frombuffer(b"990000", dtype=np.uint8)
    code[:, 6:14] = _digits(born, 8)
    code[:, 14:17] = _digits(order % 1000, 3)
    total = (code[:, :17].astype(np.int64) - ord("0")) @ _IDENTITY_WEIGHTS
    code[:, 17] = np.frombuffer(b"10X98765432", dtype=np.uint8)[total % 11]
    return _strings(code)


def _organization_check(body: np.ndarray) -> np.ndarray:
    letters = body >= ord("A")
    values = np.where(letters, body.astype(np.int64) - ord("A") + 10, body.astype(np.int64) - ord("0"))
    rest = (11 - values @ _ORGANIZATION_WEIGHTS) % 11
    return np.frombuffer(b"0123456789X", dtype=np.uint8)[rest]


def _values(code: np.ndarray) -> np.ndarray:
    lookup = np.full(128, -1, dtype=np.int64)
    lookup[ALPHABET] = np.arange(31)
    return lookup[code]


def _digits(numbers: np.ndarray, width: int) -> np.ndarray:
    places = 10 ** np.arange(width - 1, -1, -1)
    return (numbers[:, None] // places % 10 + ord("0")).astype(np.uint8)


def _strings(code: np.ndarray) -> Column:
    count, width = code.shape
    offsets = np.arange(0, (count + 1) * width, width, dtype=np.int32)
    data = pa.py_buffer(np.ascontiguousarray(code).tobytes())
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets.tobytes()), data)
