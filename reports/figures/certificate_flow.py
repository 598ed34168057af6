"""ITSMS certificates that came and went each month: issued and renewed, suspended and ended."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.marks import Drill, Take
from reports.figures.summary import Summary, Words

FLOWS = (
    ("issued", "初次发证", 1, style.GOOD, ""),
    ("renewed", "再认证换证", 1, style.FORECAST, "/"),
    ("restored", "恢复", 1, "#7b5ea7", ""),
    ("suspended", "暂停", -1, style.WARNING, "/"),
    ("revoked", "撤销", -1, style.BREACH, ""),
    ("cancelled", "注销", -1, style.UNKNOWN, ""),
    ("expired", "过期失效", -1, style.NEUTRAL, "."),
)
COLUMNS = (
    Column("month", "月份", kind="date"),
    *(
        Column(
            key,
            label,
            kind="number",
            unit="张",
            link=Link("certificate_flows", {"month": "month"}, {"flow": key}),
        )
        for key, label, *_ in FLOWS
    ),
)


def draw(table: pd.DataFrame) -> go.Figure:
    """Stacked bars: what came above the line, what went below it."""
    figure = go.Figure()
    for key, label, sign, colour, pattern in FLOWS:
        marks.bar(
            figure,
            table,
            x="month",
            y=key,
            take=Take(
                sign=sign, text=key, drill=Drill("certificate_flows", {"month": "month"}, {"flow": key})
            ),
            name=label,
            textposition="none",
            marker={"color": colour, "pattern": {"shape": pattern, "fillmode": "overlay"}},
            hovertemplate="%{x} · " + label + "：%{text} 张<extra></extra>",
        )
    return style.finish(
        figure,
        height=style.rows_height(7),
        barmode="relative",
        xaxis={"type": "category", "nticks": 8},
        yaxis_title="增（+）减（−）（张）",
        showlegend=True,
    )


DRAWING = Drawing(
    Summary(keys=("month",), sums=tuple(key for key, *_ in FLOWS), months="month"),
    draw,
    Words(
        "{first.month} 至 {last.month}："
        + "，".join(f"{label} {{{key}}}" for key, label, *_ in FLOWS)
        + "（张）。",
        empty="没有增减。",
    ),
    COLUMNS,
)
