"""How conformity developed: findings by month of the day that decides, and the share of breaches among the judged.

Warnings are left out of the drawing: they look ahead from as_of and would all stand in its month.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.summary import Summary, Words
from reports.labels import FINDING_STATE

SUMS = ("breach", "undetermined", "warning", "judged", "breach_hundredfold")
"""judged: passed, warned or in breach. A hundred times the breaches over them is the rate in percent."""

COLUMNS = (
    Column("month", "月份", kind="date", link=Link("findings", {"month": "month"})),
    *(
        Column(
            state,
            FINDING_STATE[state],
            kind="number",
            unit="条",
            link=Link("findings", {"month": "month"}, {"state": state}),
        )
        for state in ("breach", "undetermined", "warning")
    ),
    Column("judged", "已判定", kind="number", unit="项"),
    Column("breach_rate", "不符合率", kind="number", unit="%"),
)


def draw(table: pd.DataFrame) -> go.Figure:
    """Above the share, below the counts, on one axis of months."""
    figure = go.Figure()
    for state in ("breach", "undetermined"):
        marks.bar(
            figure,
            table,
            x="month",
            y=state,
            take=marks.Take(drill=marks.Drill("findings", {"month": "month"}, {"state": state})),
            name=FINDING_STATE[state],
            marker={
                "color": style.STATE_COLOURS[state],
                "pattern": {"shape": style.STATE_PATTERNS[state], "fillmode": "overlay"},
            },
            hovertemplate="%{x} · " + FINDING_STATE[state] + "：%{y:,} 条<extra></extra>",
        )
    marks.line(
        figure,
        table,
        x="month",
        y="breach_rate",
        name="不符合率",
        mode="lines+markers",
        line={"color": style.INK, "width": 1.5},
        marker={"size": 5},
        yaxis="y2",
        hovertemplate="%{x} · 不符合率：%{y:.2f}%<extra></extra>",
    )
    return style.finish(
        figure,
        height=style.rows_height(12),
        barmode="stack",
        xaxis={"type": "category", "nticks": 12},
        yaxis={"title": "发现（条）", "domain": [0, 0.56], "rangemode": "tozero"},
        yaxis2={"title": "率（%）", "domain": [0.66, 1], "anchor": "x", "rangemode": "tozero"},
        showlegend=True,
    )


summarise = Summary(
    keys=("month",), sums=SUMS, months="month", ratios={"breach_rate": ("breach_hundredfold", "judged")}
)
DRAWING = Drawing(
    summarise,
    draw,
    Words(
        "{first.month} 至 {last.month}：判定 {judged} 项，不符合 {breach} 条，无法判定 {undetermined} 条。"
    ),
    COLUMNS,
)
