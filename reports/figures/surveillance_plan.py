"""Surveillance audits to be done by when they are due, and whether an audit that does them is planned."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.summary import LABEL, Summary, Words
from reports.labels import PLAN_STATE, SURVEILLANCE_HORIZON

URGENT = ("overdue", "near")
"""Horizons in which not to be planned is an alarm, not merely early days."""

_SERIES = (
    ("none_urgent", "未安排，逾期或 {parameter:surveillance_near_days} 天内", "none", style.BREACH, ""),
    ("lapsed", PLAN_STATE["lapsed"], "lapsed", style.WARNING, "x"),
    ("late", PLAN_STATE["late"], "late", style.WARNING, "/"),
    ("in_time", PLAN_STATE["in_time"], "in_time", style.GOOD, ""),
    ("none_later", "未安排，{parameter:surveillance_near_days} 天以后", "none", style.NEUTRAL, ""),
)
"""Column, words, plan state in the list, colour and pattern."""

LOOKS = tuple(key for key, *_ in _SERIES)

COLUMNS = (
    Column("horizon", "期限", kind="code", labels=SURVEILLANCE_HORIZON),
    *(
        Column(
            key,
            label,
            kind="number",
            unit="次",
            link=Link("surveillance", {"horizon": "horizon"}, {"plan_state": state, "in_force": "yes"}),
        )
        for key, label, state, *_ in _SERIES
    ),
)


def _labels(table: pd.DataFrame) -> list[str]:
    return [SURVEILLANCE_HORIZON.get(horizon, str(horizon)) for horizon in table["horizon"]]


def draw(table: pd.DataFrame) -> go.Figure:
    """A bar per horizon, overdue on top, stacked by the plan."""
    figure = go.Figure()
    for key, label, state, colour, pattern in _SERIES:
        marks.bar(
            figure,
            table,
            x=key,
            y=LABEL,
            take=marks.Take(
                drill=marks.Drill(
                    "surveillance", {"horizon": "horizon"}, {"plan_state": state, "in_force": "yes"}
                ),
                text=key,
            ),
            orientation="h",
            name=label,
            textposition="auto",
            insidetextanchor="middle",
            marker={"color": colour, "pattern": {"shape": pattern, "fillmode": "overlay"}},
            hovertemplate="%{y} · " + label + "：%{x:,} 次<extra></extra>",
        )
    return style.finish(
        figure,
        height=style.rows_height(len(SURVEILLANCE_HORIZON) + 1),
        barmode="stack",
        xaxis_title="监督审核（次，证书在册）",
        yaxis={"type": "category", "autorange": "reversed"},
        showlegend=True,
    )


DRAWING = Drawing(
    Summary(
        ("horizon",),
        tuple(key for key, *_ in _SERIES),
        fixed=tuple(SURVEILLANCE_HORIZON),
        label=_labels,
    ),
    draw,
    Words(
        "在册证书：已逾期而未安排 {none_urgent:horizon=overdue} 次；"
        "{parameter:surveillance_near_days} 天内到期而未安排 {none_urgent:horizon=near} 次；"
        "计划晚于到期日 {late} 次，计划日已过而未做 {lapsed} 次。"
    ),
    COLUMNS,
)
