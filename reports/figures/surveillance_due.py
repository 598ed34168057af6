"""Surveillance audits not yet done, by the month in which they are due: overdue ones and those of the coming months."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import style
from reports.figures.drawing import Drawing

COLUMNS = (
    Column("due_month", "到期月份", kind="date", link=Link("surveillance", {"due_month": "due_month"})),
    Column("overdue", "已逾期", kind="number", unit="次"),
    Column("coming", "未到期", kind="number", unit="次"),
)


def summarise(frame: pd.DataFrame) -> pd.DataFrame:
    """From (body_id, due_month, overdue, coming) to one row per month."""
    return frame.groupby("due_month")[["overdue", "coming"]].sum().reset_index()


def draw(table: pd.DataFrame) -> go.Figure:
    """Stacked bars, one per month."""
    figure = go.Figure()
    for key, label, colour, pattern in (
        ("overdue", "已逾期", style.BREACH, ""),
        ("coming", "未到期", style.FORECAST, "/"),
    ):
        figure.add_bar(
            name=label,
            x=table["due_month"].tolist(),
            y=table[key].tolist(),
            marker={"color": colour, "pattern": {"shape": pattern, "fillmode": "overlay"}},
            customdata=[style.drill("surveillance", {"due_month": month}) for month in table["due_month"]],
            hovertemplate="%{x} 到期 · " + label + "：%{y:,} 次<extra></extra>",
        )
    return style.finish(
        figure,
        height=style.rows_height(6),
        barmode="stack",
        xaxis={"type": "category", "nticks": 12, "tickangle": 0},
        yaxis_title="监督审核（次）",
    )


def describe(table: pd.DataFrame) -> str:
    """The totals in words."""
    return f"已逾期 {int(table['overdue'].sum()):,} 次，180 天内到期 {int(table['coming'].sum()):,} 次。"


DRAWING = Drawing(summarise, draw, describe, COLUMNS)
