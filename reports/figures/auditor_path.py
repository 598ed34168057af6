"""One auditor: the sum over 365 days month by month against the limits."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column
from reports.figures import marks, style
from reports.figures.summary import Words

COLUMNS = (
    Column("day_on", "日期", kind="date"),
    Column("window_days", "近 {parameter:cycle_year_days} 天合计", kind="number", unit="天"),
    Column("warning_days", "预警线", kind="number", unit="天", detail=True),
    Column("limit_days", "上限", kind="number", unit="天", detail=True),
)
WORDS = Words(
    "连续 {parameter:cycle_year_days} 天的现场审核合计：{first.day_on} 为 {first.window_days} 天，"
    "按现有计划 {last.day_on} 为 {last.window_days} 天；上限 {last.limit_days} 天。"
)


def draw(table: pd.DataFrame) -> go.Figure:
    """From (day_on, measured_days, forecast_days, warning_days, limit_days): two parts of a curve, two levels.

    as_of belongs to both parts, so that they meet. The levels stand on the first and the last day.
    """
    figure = go.Figure()
    for key, label, colour, dash, symbol in (
        ("measured_days", "已完成", style.GOOD, "solid", "circle"),
        ("forecast_days", "含计划", style.GOOD, "dash", "circle-open"),
    ):
        marks.line(
            figure,
            table,
            x="day_on",
            y=key,
            name=label,
            mode="lines+markers",
            line={"color": colour, "dash": dash, "width": 2},
            marker={"symbol": symbol, "size": 7, "color": colour},
            hovertemplate="%{x|%Y-%m-%d}：%{y:g} 天<extra></extra>",
        )
    for key, label, colour, dash in (
        ("limit_days", "上限", style.BREACH, "solid"),
        ("warning_days", "预警线", "#8a5a00", "dot"),
    ):
        marks.line(
            figure,
            table,
            x="day_on",
            y=key,
            name=label,
            mode="lines",
            connectgaps=True,
            line={"color": colour, "dash": dash, "width": 1.5},
            hovertemplate=label + " %{y:g} 天<extra></extra>",
        )
    return style.finish(
        figure,
        height=300,
        xaxis={"type": "date", "tickformat": "%Y-%m", "nticks": 9},
        yaxis={"title": "任意连续 {parameter:cycle_year_days} 天（天）", "rangemode": "tozero"},
        showlegend=True,
    )
