"""Day by day: surveillance audits overdue since, due on and planned for a day. Months are rows, days of the month columns."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.summary import Summary, Words

DAYS = [f"{day:02}" for day in range(1, 32)]
KINDS = {"older": "更早到期（已逾期）", "overdue": "已逾期", "due": "到期", "planned": "已计划的审核"}
_ROW = 30
_SCALES = {
    "overdue": [[0, "#f7d9cf"], [1, style.BREACH]],
    "due": [[0, "#d3e6f3"], [1, "#0a4f80"]],
    "planned": [[0, "#e4e7ea"], [1, "#3d4853"]],
}
_DRILL = {"overdue": "due_on", "due": "due_on", "planned": "planned_start"}

COLUMNS = (
    Column("on", "日期", kind="date"),
    Column("kind", "事项", kind="code", labels=KINDS),
    Column("links", "监督审核", kind="number", unit="次"),
)


def _rows(table: pd.DataFrame, kinds: tuple[str, ...]) -> list[str]:
    months = table.loc[table["kind"].isin(kinds), "month"]
    if months.empty:
        return []
    return list(pd.period_range(months.min(), months.max(), freq="M").strftime("%Y-%m"))


def draw(table: pd.DataFrame) -> go.Figure:
    """Two panels on the same days of the month: what is due (and overdue), and what is planned."""
    upper, lower = _rows(table, ("overdue", "due")), _rows(table, ("planned",))
    figure = go.Figure()
    for kind, scale in _SCALES.items():
        marks.heat(
            figure,
            table,
            x="day",
            y="month",
            z="links",
            take=marks.Take(
                where={"kind": kind},
                drill=marks.Drill("surveillance", {_DRILL[kind]: "on"}, {"in_force": "yes"}),
            ),
            name=KINDS[kind],
            colorscale=scale,
            showscale=False,
            xgap=1,
            ygap=1,
            zmin=0,
            hoverongaps=False,
            texttemplate="%{z}",
            hovertemplate="%{y}-%{x} · " + KINDS[kind] + "：%{z} 次<extra></extra>",
            xaxis="x2" if kind == "planned" else "x",
            yaxis="y2" if kind == "planned" else "y",
        )
    height = style.FURNITURE_HEIGHT + 40 + _ROW * (len(upper) + len(lower))
    share = (len(lower) + 0.001) / (len(upper) + len(lower) + 0.002)
    days = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": DAYS,
        "range": [-0.5, 30.5],
        "showgrid": False,
    }
    months = {"type": "category", "categoryorder": "array", "showgrid": False}
    gap = 0.5 * 60 / max(height, 1)
    lower_top = max(share - gap, 0)
    style.finish(
        figure,
        height=height,
        xaxis={**days, "anchor": "y", "side": "top"},
        yaxis={
            **months,
            "categoryarray": upper,
            "range": [len(upper) - 0.5, -0.5],
            "domain": [min(share + gap, 1), 1],
        },
        xaxis2={**days, "anchor": "y2", "showticklabels": False},
        yaxis2={
            **months,
            "categoryarray": lower,
            "range": [len(lower) - 0.5, -0.5],
            "domain": [0, lower_top],
        },
        showlegend=False,
        margin={"l": 8, "r": 16, "t": 48, "b": 8},
    )
    for text, y, above in (
        ("到期（蓝）与已逾期（红），按到期日", 1.0, 20),
        ("已计划的监督审核，按开始日", lower_top, 2),
    ):
        figure.add_annotation(
            text=text,
            x=0,
            xref="paper",
            xanchor="left",
            y=y,
            yref="paper",
            yanchor="bottom",
            yshift=above,
            showarrow=False,
        )
    return figure


DRAWING = Drawing(
    Summary(("kind", "on", "month", "day"), ("links",)),
    draw,
    Words(
        "在册证书："
        "已逾期 {links:kind=overdue} 次（{parameter:surveillance_calendar_months:years}以前到期的另有 {links:kind=older} 次，"
        "不在图中）；"
        "{parameter:surveillance_far_days} 天内到期 {links:kind=due} 次；"
        "其中已有计划的审核 {links:kind=planned} 次，按开始日列在下方。"
    ),
    COLUMNS,
)
