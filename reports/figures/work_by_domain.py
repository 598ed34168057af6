"""What is to be done, by domain and urgency."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.marks import Drill, Take
from reports.figures.summary import LABEL, Summary, Words
from reports.labels import URGENCY, WORK_DOMAIN

_LOOKS = {
    "overdue": (style.BREACH, ""),
    "week": (style.WARNING, "/"),
    "month": (style.FORECAST, "\\"),
    "found": (style.NEUTRAL, "."),
}
_TO_WORK = Link("worklist", {"domain": "domain", "urgency": "urgency"})

COLUMNS = (
    Column("domain", "类别", kind="code", labels=WORK_DOMAIN),
    Column("urgency", "紧急程度", kind="code", labels=URGENCY),
    Column("n", "待办", kind="number", unit="项", link=_TO_WORK),
)


def _in_order(table: pd.DataFrame) -> pd.DataFrame:
    domains, urgencies = list(WORK_DOMAIN), list(URGENCY)
    return table.sort_values(
        ["domain", "urgency"],
        key=lambda keys: keys.map((domains if keys.name == "domain" else urgencies).index),
    )


def _label(table: pd.DataFrame) -> list[str]:
    return [WORK_DOMAIN[domain] for domain in table["domain"]]


def draw(table: pd.DataFrame) -> go.Figure:
    """Stacked horizontal bars, one per domain; the numbers stand on them."""
    figure = go.Figure()
    for urgency, label in URGENCY.items():
        colour, pattern = _LOOKS[urgency]
        marks.bar(
            figure,
            table,
            x="n",
            y=LABEL,
            take=Take(where={"urgency": urgency}, drill=Drill(_TO_WORK.to, _TO_WORK.where)),
            name=label,
            orientation="h",
            marker={"color": colour, "pattern": {"shape": pattern, "fillmode": "overlay"}},
            hovertemplate="%{y} · " + label + "：%{x:,} 项<extra></extra>",
        )
    return style.finish(
        figure,
        height=style.rows_height(len(WORK_DOMAIN)),
        barmode="stack",
        xaxis_title="待办（项）",
        yaxis={
            "type": "category",
            "autorange": "reversed",
            "categoryorder": "array",
            "categoryarray": list(WORK_DOMAIN.values()),
        },
        showlegend=True,
    )


DRAWING = Drawing(
    Summary(keys=("domain", "urgency"), sums=("n",), order=_in_order, label=_label),
    draw,
    Words(
        "共 {n} 项：已逾期或超限 {n:urgency=overdue} 项，{parameter:worklist_soon_days} 天内 {n:urgency=week} 项，"
        "{parameter:worklist_ahead_days} 天内 {n:urgency=month} 项，"
        "近 {parameter:worklist_back_days} 天新发现 {n:urgency=found} 项。",
        empty="没有待办。",
    ),
    COLUMNS,
)
