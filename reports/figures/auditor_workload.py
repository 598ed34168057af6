"""On-site days of the most loaded auditors in any 365 days, against the limit of clause 3.9."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column
from reports.figures import style
from reports.figures.drawing import Drawing
from reports.labels import FINDING_STATE

SHOWN = 30
"""People drawn: those nearest to the limit. The table below the figure has everybody."""

COLUMNS = (
    Column("person_id", "人员编号"),
    Column("state", "状态", kind="code", labels=FINDING_STATE),
    Column("rolling_max_days", "滚动最大", kind="number", unit="天"),
    Column("forecast_max_days", "含计划的预测最大", kind="number", unit="天"),
    Column("warning_days", "预警线", kind="number", unit="天"),
    Column("limit_days", "上限", kind="number", unit="天"),
)


def summarise(frame: pd.DataFrame) -> pd.DataFrame:
    """The people with the highest present or forecast maximum, highest first; nobody without any load."""
    peak = frame[["rolling_max_days", "forecast_max_days"]].max(axis=1).fillna(0)
    loaded = frame.assign(peak=peak)[peak > 0]
    ordered = loaded.sort_values(["peak", "person_id"], ascending=[False, True]).head(SHOWN)
    return ordered[[column.key for column in COLUMNS]].reset_index(drop=True)


def draw(table: pd.DataFrame) -> go.Figure:
    """A bar per person, a diamond where the plan leads, lines at the warning and the limit."""
    people = [style.plain(str(person)) for person in table["person_id"]]
    figure = go.Figure()
    for state, label in (
        ("breach", "超过上限"),
        ("warning", "预警"),
        ("undetermined", "无法判定"),
        ("pass", "正常"),
    ):
        days = [
            float(value) if own == state else None
            for own, value in zip(table["state"], table["rolling_max_days"], strict=True)
        ]
        if not any(value is not None for value in days):
            continue
        figure.add_bar(
            name=label,
            orientation="h",
            y=people,
            x=days,
            marker={
                "color": style.STATE_COLOURS[state],
                "pattern": {"shape": style.STATE_PATTERNS.get(state, ""), "fillmode": "overlay"},
            },
            customdata=[style.drill("auditors", {"q": str(person)}) for person in table["person_id"]],
            hovertemplate="%{y}：任意 {parameter:cycle_year_days} 天最多 %{x} 天<extra></extra>",
        )
    figure.add_scatter(
        name="含计划的预测",
        mode="markers",
        y=people,
        x=table["forecast_max_days"].tolist(),
        marker={"symbol": "diamond-open", "size": 9, "color": style.INK, "line": {"width": 1.5}},
        hovertemplate="%{y}：计划执行后最多 %{x} 天<extra></extra>",
    )
    for key, label, dash, side in (
        ("warning_days", "预警", "dot", "right"),
        ("limit_days", "上限", "solid", "left"),
    ):
        for value in sorted(set(table[key].dropna())):
            style.limit_line(figure, value, f"{label} {value:g}", dash, side)
    return style.finish(
        figure,
        height=style.rows_height(len(table)),
        barmode="overlay",
        xaxis={"title": "任意连续 {parameter:cycle_year_days} 天的现场审核（天）", "rangemode": "tozero"},
        yaxis={"type": "category", "range": [len(people) + 0.5, -0.5]},
        showlegend=True,
    )


def describe(table: pd.DataFrame) -> str:
    """Who stands where, in words."""
    over = int((table["state"] == "breach").sum())
    near = int((table["state"] == "warning").sum())
    return f"负荷最高的 {len(table)} 人中：超过上限 {over} 人，预警 {near} 人。"


DRAWING = Drawing(summarise, draw, describe, COLUMNS)
