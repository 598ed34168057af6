"""Days on site of all auditors, or of one, month by month: done, and planned after as_of."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.summary import Summary, Words

COLUMNS = (
    Column("month", "月份", kind="date"),
    Column("done_days", "已完成", kind="number", unit="人日"),
    Column("planned_days", "已计划", kind="number", unit="人日"),
)
WORDS = Words(
    "{first.month} 至 {last.month}：已完成 {done_days} 人日，已计划 {planned_days} 人日。",
    empty="没有现场审核。",
)


def draw(table: pd.DataFrame) -> go.Figure:
    """A bar per month; the month of as_of has both."""
    figure = go.Figure()
    for key, label, colour, pattern in (
        ("done_days", "已完成", style.GOOD, ""),
        ("planned_days", "已计划", style.FORECAST, "/"),
    ):
        marks.bar(
            figure,
            table,
            x="month",
            y=key,
            name=label,
            marker={"color": colour, "pattern": {"shape": pattern, "fillmode": "overlay"}},
            hovertemplate="%{x} · " + label + "：%{y:,} 人日<extra></extra>",
        )
    return style.finish(
        figure,
        height=style.rows_height(8),
        barmode="stack",
        xaxis={"type": "category", "nticks": 9},
        yaxis_title="现场审核（人日）",
        showlegend=True,
    )


DRAWING = Drawing(
    Summary(("month",), ("done_days", "planned_days"), months="month"),
    draw,
    WORDS,
    COLUMNS,
)
