"""A live figure as data: its rows with the filter columns, and how the browser makes table and marks of them.

static/live.js is the other half. The rows are summed as far as the filters allow before they are embedded.
"""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.io.json import to_json_plotly

from reports.dashboard.filters import COLUMNS, follows
from reports.dashboard.payload import encode
from reports.figures.drawing import Drawing
from reports.figures.summary import LABEL, Summary, Words

_PROVINCE = 2


def live_payload(frame: pd.DataFrame, drawing: Drawing, period: str) -> dict[str, Any]:
    """Raises ValueError when a trace of the drawing does not say where its values come from."""
    if not isinstance(drawing.summarise, Summary) or not isinstance(drawing.describe, Words):
        raise TypeError("Not a live drawing.")
    summary, words = drawing.summarise, drawing.describe
    followed = follows(frame.columns, period)
    domain = summary.domain(frame)
    table = summary(frame)
    rows = grouped(frame, [*followed.values(), *summary.keys], list(summary.sums))
    rows = rows.merge(domain.reset_index(names="k")[["k", *summary.keys]], on=list(summary.keys), how="left")
    return {
        "summary": summary.payload(),
        "words": words.payload(),
        "figure": figure_skeleton(drawing.draw(table)),
        "grows": drawing.grows,
        "rowHeight": drawing.row_height,
        "drawn": len(table),
        "columns": [column.as_payload() for column in drawing.columns],
        "follows": followed,
        "places": len(domain),
        "domain": {
            key: encode(domain[key].tolist(), "number" if _is_number(domain[key]) else "text")
            for key in (*summary.keys, LABEL)
            if key in domain
        },
        "rows": len(rows),
        "k": rows["k"].astype(int).tolist(),
        "data": {
            **{column: encode(rows[column].tolist(), "text") for column in followed.values()},
            **{name: encode(rows[name].tolist(), "number") for name in summary.sums},
        },
    }


def figure_skeleton(figure: go.Figure) -> dict[str, Any]:
    """The figure without its values."""
    drawn: dict[str, Any] = json.loads(to_json_plotly(figure.to_plotly_json(), engine="json"))
    for trace in drawn["data"]:
        if "meta" not in trace:
            raise ValueError("A live figure has a trace that no function of reports.figures.marks has made.")
        for name in (*trace["meta"]["columns"], "customdata"):
            trace.pop(name, None)
        if "text" in trace["meta"]:
            trace.pop("text", None)
    return drawn


def grouped(frame: pd.DataFrame, keys: list[str], sums: list[str]) -> pd.DataFrame:
    """Sums per combination of `keys`; of regions only the province counts."""
    region = COLUMNS["region"]
    if region in keys:
        frame = frame.assign(**{region: frame[region].str[:_PROVINCE]})
    keys = list(dict.fromkeys(keys))
    return frame.groupby(keys, dropna=False, sort=True)[sums].sum().reset_index()


def _is_number(values: pd.Series) -> bool:
    return bool(pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values))
