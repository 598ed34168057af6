"""Arrow columns from number arrays: ids, words, dates, flags, days. Text is only made here, set-wise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ingestion.demo.days import NONE

Column: TypeAlias = "pa.Array | pa.ChunkedArray"


def ids(prefix: str, numbers: np.ndarray, width: int) -> Column:
    """`prefix` and the number from 1 on, padded with zeros; negative numbers are NULL."""
    text = pc.utf8_lpad(pc.cast(pa.array(numbers + 1), pa.string()), width, "0")
    return _blank(pc.binary_join_element_wise(prefix, text, ""), numbers < 0)


def words(indices: np.ndarray, vocabulary: Sequence[str]) -> Column:
    """Words by index; a negative index is NULL."""
    absent = indices < 0
    codes = pa.array(indices.astype(np.int32), mask=absent if absent.any() else None)
    return pa.DictionaryArray.from_arrays(codes, pa.array(vocabulary, pa.string()))


def joined(*parts: Column | str) -> Column:
    """Texts put together element by element; NULL where a part is NULL."""
    plain = [part if isinstance(part, str) else _plain(part) for part in parts]
    return pc.binary_join_element_wise(*plain, "")


def where(condition: np.ndarray, column: Column) -> Column:
    """The column with NULL wherever the condition does not hold."""
    return _blank(_plain(column), ~condition)


def texts(numbers: np.ndarray, width: int = 0) -> Column:
    text = pc.cast(pa.array(numbers), pa.string())
    return pc.utf8_lpad(text, width, "0") if width else text


def dates(days: np.ndarray) -> Column:
    absent = days == NONE
    filled = np.where(absent, 0, days).astype(np.int32)
    return pa.array(filled, mask=absent if absent.any() else None).cast(pa.date32())


def whole(numbers: np.ndarray, absent: np.ndarray | None = None) -> Column:
    return pa.array(numbers.astype(np.int64), mask=absent)


def decimals(numbers: np.ndarray, absent: np.ndarray | None = None) -> Column:
    """Numbers that are exact in binary or rounded to a few places; written in their shortest form."""
    return pa.array(numbers.astype(np.float64), mask=absent)


def flags(values: np.ndarray, absent: np.ndarray | None = None) -> Column:
    return pa.array(values.astype(bool), mask=absent)


def constant(value: str, count: int) -> Column:
    return words(np.zeros(count, dtype=np.int32), [value])


def bitsets(bits: np.ndarray, names: Sequence[str], separator: str = ";") -> Column:
    """Each row's set bits (bool, rows x names) as their names joined; no bit set is NULL."""
    packed = bits @ (1 << np.arange(bits.shape[1], dtype=np.int64))
    sets, codes = np.unique(packed, return_inverse=True)
    texts_ = [separator.join(n for i, n in enumerate(names) if one >> i & 1) for one in sets.tolist()]
    return words(np.where(packed == 0, -1, codes), texts_)


def _plain(column: Column) -> Column:
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def _blank(column: Column, absent: np.ndarray) -> Column:
    return pc.if_else(pa.array(~absent), column, pa.scalar(None, column.type)) if absent.any() else column


def either(condition: np.ndarray, one: Column, other: Column) -> Column:
    """Row by row the one column where the condition holds, else the other."""
    return pc.if_else(pa.array(condition), _plain(one), _plain(other))
