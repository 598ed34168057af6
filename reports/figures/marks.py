"""Marks whose values come from columns of the figure's table, and say so: the browser fills them anew.

Each function adds a plotly trace and notes in its `meta` which column stands on which axis, which rows it takes
and where a click leads. A trace added in any other way stays as it was drawn, so a live figure has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from reports.figures.style import drill as fragment
from reports.figures.style import plain
from reports.figures.summary import LABEL


@dataclass(frozen=True)
class Drill:
    """A click on a mark opens table `to`, filtered by `where` (target column -> column here) and `fixed`."""

    to: str
    where: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Take:
    """What of the table a trace shows beside its axes.

    where   {column: value}: other rows leave their place empty
    drill   where a click leads
    hover   column with the words that a mark shows when pointed at
    text    column whose numbers are written on the marks, zeros left out
    sign    -1 turns lengths (of x when horizontal, else y) below the axis
    """

    where: Mapping[str, Any] = field(default_factory=dict)
    drill: Drill | None = None
    text: str = ""
    hover: str = ""
    sign: int = 1


def bar(figure: go.Figure, table: pd.DataFrame, *, x: str, y: str, take: Take = Take(), **look: Any) -> None:
    """Bars; orientation="h" puts the lengths on x. `look` is plotly's own."""
    _add(figure, table, go.Bar, {"x": x, "y": y}, take, look, length="x" if "orientation" in look else "y")


def line(figure: go.Figure, table: pd.DataFrame, *, x: str, y: str, take: Take = Take(), **look: Any) -> None:
    """Points or lines, as plotly's `mode` says."""
    _add(figure, table, go.Scatter, {"x": x, "y": y}, take, look, length="y")


def heat(
    figure: go.Figure, table: pd.DataFrame, *, x: str, y: str, z: str, take: Take = Take(), **look: Any
) -> None:
    """Cells coloured by z, one per row of the table."""
    _add(figure, table, go.Heatmap, {"x": x, "y": y, "z": z}, take, look, length="z")


def _add(
    figure: go.Figure,
    table: pd.DataFrame,
    kind: type,
    columns: dict[str, str],
    take: Take,
    look: dict[str, Any],
    length: str,
) -> None:
    meta: dict[str, Any] = {"columns": columns, "length": length}
    if take.hover:
        meta["columns"] = {**columns, "hovertext": take.hover}
    if take.text:
        meta["text"] = take.text
    if take.where:
        meta["where"] = dict(take.where)
    if take.sign != 1:
        meta["negative"] = True
    if take.drill:
        drill = take.drill
        meta["drill"] = {"to": drill.to, "where": dict(drill.where), "fixed": dict(drill.fixed)}
    figure.add_trace(kind(**values(table, meta), meta=meta, **look))


def values(table: pd.DataFrame, meta: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The arrays of a trace, from what its `meta` says. static/live.js does the same."""
    rows = table.to_dict("records")
    wanted = meta.get("where", {})
    taken = [all(row[key] == value for key, value in wanted.items()) for row in rows]
    found: dict[str, list[Any]] = {}
    for axis, column in meta["columns"].items():
        # What is not taken keeps its place on the other axis, so that places do not change with what is there.
        is_length = axis == meta["length"]
        found[axis] = [
            _shown(row[column], column) if take or not is_length else None
            for row, take in zip(rows, taken, strict=True)
        ]
        if is_length and meta.get("negative"):
            found[axis] = [None if value is None else -value for value in found[axis]]
    if "text" in meta:
        found["text"] = [
            f"{row[meta['text']]:,}" if take and row[meta["text"]] else ""
            for row, take in zip(rows, taken, strict=True)
        ]
    if "drill" in meta:
        to, where, fixed = (meta["drill"][part] for part in ("to", "where", "fixed"))
        found["customdata"] = [
            fragment(to, {**{target: str(row[own]) for target, own in where.items()}, **fixed})
            for row in rows
        ]
    return found


def _shown(value: Any, column: str) -> Any:
    if isinstance(value, str):
        return value if column == LABEL else plain(value)
    return None if pd.isna(value) else float(value) if isinstance(value, float) else value
