"""Registrations of active auditors that run out soon and are not followed by a later one, by month."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.summary import Summary, Words

_SERIES = (("itsms", "ITSMS", style.WARNING, ""), ("other", "其他体系", style.NEUTRAL, ""))

COLUMNS = (
    Column(
        "month",
        "到期月份",
        kind="date",
        link=Link("registrations", {"month": "month"}, {"is_expiring": "yes"}),
    ),
    *(Column(key, label, kind="number", unit="项") for key, label, *_ in _SERIES),
)


def draw(table: pd.DataFrame) -> go.Figure:
    """A bar per month, ITSMS apart from other systems."""
    figure = go.Figure()
    for key, label, colour, pattern in _SERIES:
        marks.bar(
            figure,
            table,
            x="month",
            y=key,
            take=marks.Take(
                drill=marks.Drill("registrations", {"month": "month"}, {"is_expiring": "yes"}), text=key
            ),
            name=label,
            textposition="auto",
            marker={"color": colour, "pattern": {"shape": pattern, "fillmode": "overlay"}},
            hovertemplate="%{x} · " + label + "：%{y} 项<extra></extra>",
        )
    return style.finish(
        figure,
        height=style.rows_height(7),
        barmode="stack",
        xaxis={"type": "category"},
        yaxis_title="注册（项）",
        showlegend=True,
    )


DRAWING = Drawing(
    Summary(("month",), ("itsms", "other"), months="month"),
    draw,
    Words(
        "在岗审核员的注册将到期而无后续注册：ITSMS {itsms} 项，其他体系 {other} 项。",
        empty="没有将到期的注册。",
    ),
    COLUMNS,
)
