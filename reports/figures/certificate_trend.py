"""ITSMS certificates valid and suspended at each month's end."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column
from reports.figures import style
from reports.figures.drawing import Drawing
from reports.labels import CERTIFICATE_STATUS

COLUMNS = (
    Column("day_on", "日期", kind="date"),
    Column("valid", "有效", kind="number", unit="张"),
    Column("suspended", "暂停", kind="number", unit="张"),
)


def summarise(frame: pd.DataFrame) -> pd.DataFrame:
    """From (body_id, day_on, valid, suspended) to one row per day."""
    return frame.groupby("day_on")[["valid", "suspended"]].sum().reset_index()


def draw(table: pd.DataFrame) -> go.Figure:
    """Stacked bars, one per month end; the last is as_of."""
    figure = go.Figure()
    for status in ("valid", "suspended"):
        figure.add_bar(
            name=CERTIFICATE_STATUS[status],
            x=table["day_on"].tolist(),
            y=table[status].tolist(),
            marker={
                "color": style.CERTIFICATE_COLOURS[status],
                "pattern": {"shape": "/" if status == "suspended" else "", "fillmode": "overlay"},
            },
            hovertemplate="%{x} · " + CERTIFICATE_STATUS[status] + "：%{y:,} 张<extra></extra>",
        )
    return style.finish(
        figure,
        height=style.rows_height(9),
        barmode="stack",
        xaxis={"type": "category", "nticks": 8},
        yaxis_title="证书数（张）",
    )


def describe(table: pd.DataFrame) -> str:
    """First and last value in words."""
    if table.empty:
        return "没有 ITSMS 证书。"
    first, last = table.iloc[0], table.iloc[-1]
    return (
        f"有效 ITSMS 证书从 {first['day_on']} 的 {first['valid']:,} 张"
        f"变为 {last['day_on']} 的 {last['valid']:,} 张。"
    )


DRAWING = Drawing(summarise, draw, describe, COLUMNS)
