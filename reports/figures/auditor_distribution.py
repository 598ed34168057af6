"""How the days on site are spread over the people: how many people in each range of days."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.summary import Summary, Words

RANGE = 20
"""Width of a range in days."""

OPEN_END = 200
"""From here on all stand together."""

RANGES = (
    "0",
    *(f"{start}–{start + RANGE}" for start in range(0, OPEN_END, RANGE)),
    f">{OPEN_END}",
)
"""(20, 40] days stand under 20–40: a range holds its upper end, as a limit does."""

_STATES = (("pass", "正常"), ("warning", "预警"), ("breach", "超过上限"))

COLUMNS = (
    Column(
        "load_range",
        "任意连续 {parameter:cycle_year_days} 天（天）",
        link=Link("auditors", {"load_range": "load_range"}),
    ),
    *(Column(state, label, kind="number", unit="人") for state, label in _STATES),
)


def draw(table: pd.DataFrame) -> go.Figure:
    """A bar per range, stacked by state."""
    figure = go.Figure()
    for state, label in _STATES:
        marks.bar(
            figure,
            table,
            x="load_range",
            y=state,
            take=marks.Take(
                drill=marks.Drill("auditors", {"load_range": "load_range"}, {"state": state}), text=state
            ),
            name=label,
            textposition="auto",
            marker={
                "color": style.STATE_COLOURS[state],
                "pattern": {"shape": style.STATE_PATTERNS.get(state, ""), "fillmode": "overlay"},
            },
            hovertemplate="%{x} 天 · " + label + "：%{y:,} 人<extra></extra>",
        )
    return style.finish(
        figure,
        height=style.rows_height(8),
        barmode="stack",
        xaxis={"type": "category", "title": "任意连续 {parameter:cycle_year_days} 天的现场审核（天）"},
        yaxis_title="人数",
        showlegend=True,
    )


DRAWING = Drawing(
    Summary(("load_range",), tuple(state for state, _ in _STATES), fixed=RANGES),
    draw,
    Words("超过上限 {breach} 人，预警 {warning} 人，正常 {pass} 人。"),
    COLUMNS,
)
