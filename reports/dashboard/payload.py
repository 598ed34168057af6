"""A frame as columns for the page: compact, and without losing what a reader would sort or search by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from reports.columns import AddressLink, Column, PageLink, RecordLink

_QUOTES, _NONE, _INDEX = 3, 5, 2
"""Bytes that a value takes beside itself, that nothing takes, and that an index into a list of values takes."""


def _missing(value: Any) -> bool:
    return value is None or value is pd.NA or bool(value != value)


def _number(value: Any) -> int | float | None:
    """A whole number where it is one: 45, not 45.0."""
    if _missing(value):
        return None
    number = float(value) if isinstance(value, Decimal | float) else value
    return int(number) if number == int(number) else round(float(number), 4)


def _text(value: Any) -> str | None:
    return None if _missing(value) else str(value)


def encode(values: Iterable[Any], kind: str) -> dict[str, list[Any]]:
    """{"v": values}, or {"d": distinct values, "i": index per row, -1 for none} where values repeat."""
    if kind == "number":
        return {"v": [_number(value) for value in values]}
    plain = [value if type(value) is str else _text(value) for value in values]
    # Few values, many rows: what a value takes is worked out once.
    counted = Counter(value for value in plain if value is not None)
    index = {value: at for at, value in enumerate(counted)}
    taken = {value: len(value.encode()) + _QUOTES for value in index}
    listed = sum(taken.values())
    written = (len(plain) - counted.total()) * _NONE
    written += sum(taken[value] * rows for value, rows in counted.items())
    if listed + _INDEX * len(plain) >= written:
        return {"v": plain}
    return {"d": list(index), "i": [-1 if value is None else index[value] for value in plain]}


def needed_columns(columns: Iterable[Column], followed: Iterable[str] = ()) -> dict[str, str]:
    """Column -> kind of all that the page's tables need: shown, used by links, or looked at by choices."""
    columns = tuple(columns)
    needed = {column.key: str(column.kind) for column in columns}
    for column in columns:
        if isinstance(column.link, PageLink):
            needed.setdefault(column.link.anchor, "text")
        elif isinstance(column.link, RecordLink | AddressLink):
            needed.setdefault(column.link.key, "text")
        elif column.link:
            needed.update({own: "text" for own in column.link.where.values() if own not in needed})
    needed.update({column: "text" for column in followed if column not in needed})
    return needed


def table_payload(
    frame: pd.DataFrame,
    columns: tuple[Column, ...],
    *,
    total: int | None = None,
    sort: str = "",
    followed: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """What the table component needs; columns that links or choices use are embedded, unshown."""
    followed = followed or {}
    needed = needed_columns(columns, followed.values())
    return {
        "columns": [column.as_payload() for column in columns],
        "rows": len(frame),
        "total": len(frame) if total is None else total,
        "sort": sort,
        "follows": dict(followed),
        "data": {key: encode(frame[key].tolist(), kind) for key, kind in needed.items()},
    }
