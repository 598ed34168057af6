"""Surveillance audits not yet done, by the month in which they are due: overdue and coming ones."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.summary import Summary, Words

_SERIES = (
    ("overdue", "已逾期，证书在册", style.BREACH, "", "yes"),
    ("overdue_ended", "已逾期，证书已终止", style.NEUTRAL, ".", "no"),
    ("coming", "未到期", style.FORECAST, "/", ""),
)

COLUMNS = (
    Column("due_month", "到期月份", kind="date", link=Link("surveillance", {"due_month": "due_month"})),
    *(Column(key, label, kind="number", unit="次") for key, label, *_ in _SERIES),
)


def draw(table: pd.DataFrame) -> go.Figure:
    """Stacked bars, one per month."""
    figure = go.Figure()
    for key, label, colour, pattern, in_force in _SERIES:
        marks.bar(
            figure,
            table,
            x="due_month",
            y=key,
            take=marks.Take(
                drill=marks.Drill(
                    "surveillance",
                    {"due_month": "due_month"},
                    {"horizon": "overdue", "in_force": in_force} if in_force else {},
                )
            ),
            name=label,
            marker={"color": colour, "pattern": {"shape": pattern, "fillmode": "overlay"}},
            hovertemplate="%{x} 到期 · " + label + "：%{y:,} 次<extra></extra>",
        )
    return style.finish(
        figure,
        height=style.rows_height(6),
        barmode="stack",
        xaxis={"type": "category", "nticks": 8},
        yaxis_title="监督审核（次）",
        showlegend=True,
    )


DRAWING = Drawing(
    Summary(("due_month",), ("overdue", "overdue_ended", "coming"), months="due_month"),
    draw,
    Words(
        "已逾期 {overdue} 次（证书在册），另有 {overdue_ended} 次的证书已终止；"
        "{parameter:surveillance_far_days} 天内到期 {coming} 次。"
    ),
    COLUMNS,
)
