"""Punctuality of reports, by the month in which they were due."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.submission_deadlines import COLOURS, LISTED
from reports.figures.summary import Summary, Words
from reports.labels import DEADLINE_PROGRESS

SUMS = tuple(DEADLINE_PROGRESS)
COLUMNS = (
    Column("due_month", "到期月份", kind="date"),
    *(
        Column(
            progress,
            label,
            kind="number",
            unit="项",
            link=Link("deadlines", {"due_month": "due_month"}, {"progress": progress})
            if progress in LISTED
            else None,
        )
        for progress, label in DEADLINE_PROGRESS.items()
    ),
)


def draw(table: pd.DataFrame) -> go.Figure:
    """Stacked bars, one per month: what was not on time at the foot, where lengths compare."""
    figure = go.Figure()
    for progress, label in DEADLINE_PROGRESS.items():
        colour, pattern = COLOURS[progress]
        drill = marks.Drill("deadlines", {"due_month": "due_month"}, {"progress": progress})
        marks.bar(
            figure,
            table,
            x="due_month",
            y=progress,
            take=marks.Take(drill=drill if progress in LISTED else None),
            name=label,
            marker={"color": colour, "pattern": {"shape": pattern, "fillmode": "overlay"}},
            hovertemplate="%{x} 到期 · " + label + "：%{y:,} 项<extra></extra>",
        )
    return style.finish(
        figure,
        height=style.rows_height(8),
        barmode="stack",
        xaxis={"type": "category", "nticks": 12},
        yaxis_title="上报（项）",
        showlegend=True,
    )


summarise = Summary(keys=("due_month",), sums=SUMS, months="due_month")
DRAWING = Drawing(
    summarise,
    draw,
    Words("按期 {on_time} 项，迟报 {late} 项，逾期未报 {overdue} 项，待报 {open} 项。"),
    COLUMNS,
)
