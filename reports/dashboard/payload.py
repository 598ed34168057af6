"""A frame as columns for the page: compact, and without losing what a reader would sort or search by."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pandas as pd

from reports.columns import Column, PageLink

_WORTH_CODING = 0.5
"""Share of distinct values up to which a column is stored as a list of its values and indexes into it."""


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
    plain = [_number(value) if kind == "number" else _text(value) for value in values]
    if kind == "number":
        return {"v": plain}
    index: dict[Any, int] = {}
    for value in plain:
        if value is not None and value not in index:
            index[value] = len(index)
    if plain and len(index) > _WORTH_CODING * len(plain):
        return {"v": plain}
    return {"d": list(index), "i": [-1 if value is None else index[value] for value in plain]}


def table_payload(
    frame: pd.DataFrame, columns: tuple[Column, ...], *, total: int | None = None, sort: str = ""
) -> dict[str, Any]:
    """What the table component needs; columns that links or the choice of body use are embedded, unshown."""
    kinds = {column.key: column.kind for column in columns}
    needed = dict.fromkeys(kinds)
    for column in columns:
        if isinstance(column.link, PageLink):
            needed[column.link.anchor] = None
        elif column.link:
            needed.update(dict.fromkeys(column.link.where.values()))
    if "body_id" in frame.columns:
        needed["body_id"] = None
    return {
        "columns": [column.as_payload() for column in columns],
        "rows": len(frame),
        "total": len(frame) if total is None else total,
        "sort": sort,
        "data": {key: encode(frame[key].tolist(), kinds.get(key, "text")) for key in needed},
    }
