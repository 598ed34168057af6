"""ITSMS certificates valid and suspended at each month's end, from their changes."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.summary import Summary, Words
from reports.labels import CERTIFICATE_STATUS

COLUMNS = (
    Column("month", "月份", kind="date"),
    Column("valid", "有效", kind="number", unit="张"),
    Column("suspended", "暂停", kind="number", unit="张"),
)


def draw(table: pd.DataFrame) -> go.Figure:
    """Stacked bars, one per month end; the last is as_of."""
    figure = go.Figure()
    for status in ("valid", "suspended"):
        marks.bar(
            figure,
            table,
            x="month",
            y=status,
            name=CERTIFICATE_STATUS[status],
            marker={
                "color": style.CERTIFICATE_COLOURS[status],
                "pattern": {"shape": "/" if status == "suspended" else "", "fillmode": "overlay"},
            },
            hovertemplate="%{x} · " + CERTIFICATE_STATUS[status] + "：%{y:,} 张<extra></extra>",
        )
    return style.finish(
        figure,
        height=style.rows_height(7),
        barmode="stack",
        xaxis={"type": "category", "nticks": 8},
        yaxis_title="证书数（张）",
    )


DRAWING = Drawing(
    Summary(keys=("month",), sums=("valid", "suspended"), months="month", running=("valid", "suspended")),
    draw,
    Words("有效 ITSMS 证书从 {first.month} 的 {first.valid} 张变为 {last.month} 的 {last.valid} 张。"),
    COLUMNS,
)
