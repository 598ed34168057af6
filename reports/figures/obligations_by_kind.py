"""What is still to be reported, by the file that discharges it and by how soon it is due."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.summary import LABEL, Summary, Words
from reports.labels import SUBMISSION_KIND

URGENCY = {
    "overdue": "已逾期",
    "soon": "{parameter:worklist_soon_days} 天内",
    "ahead": "{parameter:worklist_soon_days:next}–{parameter:worklist_ahead_days} 天",
    "later": "{parameter:worklist_ahead_days} 天以后",
    "undetermined": "期限无法判定",
}
_LOOKS = {
    "overdue": (style.BREACH, ""),
    "soon": (style.WARNING, "/"),
    "ahead": (style.FORECAST, "\\"),
    "later": (style.NEUTRAL, ""),
    "undetermined": (style.UNKNOWN, "."),
}
SUMS = tuple(f"due_{urgency}" for urgency in URGENCY)
"""Columns of the figure's rows, in the order of URGENCY."""

COLUMNS = (
    Column(
        "kind", "上报文件", kind="code", labels=SUBMISSION_KIND, link=Link("obligations", {"kind": "kind"})
    ),
    *(
        Column(
            f"due_{urgency}",
            label,
            kind="number",
            unit="项",
            link=Link("obligations", {"kind": "kind"}, {"urgency": urgency}),
        )
        for urgency, label in URGENCY.items()
    ),
)


def _labels(table: pd.DataFrame) -> list[str]:
    return [style.wrapped(SUBMISSION_KIND.get(kind, kind), 8) for kind in table["kind"]]


def draw(table: pd.DataFrame) -> go.Figure:
    """Stacked bars, one per kind of file."""
    figure = go.Figure()
    for urgency, label in URGENCY.items():
        colour, pattern = _LOOKS[urgency]
        marks.bar(
            figure,
            table,
            x=f"due_{urgency}",
            y=LABEL,
            take=marks.Take(drill=marks.Drill("obligations", {"kind": "kind"}, {"urgency": urgency})),
            name=label,
            orientation="h",
            marker={"color": colour, "pattern": {"shape": pattern, "fillmode": "overlay"}},
            hovertemplate="%{y} · " + label + "：%{x:,} 项<extra></extra>",
        )
    return style.finish(
        figure,
        height=style.rows_height(2 * len(table)),
        barmode="stack",
        xaxis_title="待上报（项）",
        yaxis={"type": "category", "autorange": "reversed"},
        showlegend=True,
    )


summarise = Summary(keys=("kind",), sums=SUMS, label=_labels)
DRAWING = Drawing(
    summarise,
    draw,
    Words(
        "已逾期 {due_overdue} 项，{parameter:worklist_soon_days} 天内 {due_soon} 项，"
        "{parameter:worklist_soon_days:next}–{parameter:worklist_ahead_days} 天 {due_ahead} 项，"
        "{parameter:worklist_ahead_days} 天以后 {due_later} 项。",
        empty="没有待上报的事项。",
    ),
    COLUMNS,
)
