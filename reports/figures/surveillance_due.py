"""Surveillance audits not yet done, by the month in which they are due: overdue and coming ones."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import style
from reports.figures.drawing import Drawing

COLUMNS = (
    Column("due_month", "到期月份", kind="date", link=Link("surveillance", {"due_month": "due_month"})),
    Column("overdue", "已逾期，证书在册", kind="number", unit="次"),
    Column("overdue_ended", "已逾期，证书已终止", kind="number", unit="次"),
    Column("coming", "未到期", kind="number", unit="次"),
)


def summarise(frame: pd.DataFrame) -> pd.DataFrame:
    """From (body_id, due_month, overdue, overdue_ended, coming) to one row per month, without gaps."""
    counted = frame.groupby("due_month")[["overdue", "overdue_ended", "coming"]].sum()
    if counted.empty:
        return counted.reset_index()
    months = pd.period_range(counted.index.min(), counted.index.max(), freq="M").strftime("%Y-%m")
    return counted.reindex(months, fill_value=0).astype(int).reset_index(names="due_month")


def draw(table: pd.DataFrame) -> go.Figure:
    """Stacked bars, one per month."""
    figure = go.Figure()
    for key, label, colour, pattern in (
        ("overdue", "已逾期，证书在册", style.BREACH, ""),
        ("overdue_ended", "已逾期，证书已终止", style.NEUTRAL, "."),
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
        xaxis={"type": "category", "nticks": 8},
        yaxis_title="监督审核（次）",
    )


def describe(table: pd.DataFrame) -> str:
    """The totals in words."""
    in_force, ended, coming = (int(table[key].sum()) for key in ("overdue", "overdue_ended", "coming"))
    return (
        f"已逾期 {in_force + ended:,} 次，其中证书在册 {in_force:,} 次、已终止 {ended:,} 次；"
        f"180 天内到期 {coming:,} 次。"
    )


DRAWING = Drawing(summarise, draw, describe, COLUMNS)
