"""Results of the data checks, by what they look at."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.summary import LABEL, Summary, Words
from reports.labels import SUITE

_OUTCOMES = (
    ("failed", "未通过", style.BREACH, ""),
    ("in_error", "执行出错", style.UNKNOWN, "x"),
    ("passed", "通过", style.GOOD, ""),
)
COLUMNS = (
    Column("suite", "范围", kind="code", labels=SUITE, link=Link("checks", {"suite": "suite"})),
    *(Column(key, label, kind="number", unit="项") for key, label, *_ in _OUTCOMES),
)


def _labels(table: pd.DataFrame) -> list[str]:
    return [SUITE.get(suite, style.plain(suite)) for suite in table["suite"]]


def draw(table: pd.DataFrame) -> go.Figure:
    """Stacked bars, one per suite."""
    figure = go.Figure()
    for key, label, colour, pattern in _OUTCOMES:
        marks.bar(
            figure,
            table,
            x=key,
            y=LABEL,
            take=marks.Take(drill=marks.Drill("checks", {"suite": "suite"})),
            name=label,
            orientation="h",
            marker={"color": colour, "pattern": {"shape": pattern, "fillmode": "overlay"}},
            hovertemplate="%{y} · " + label + "：%{x:,} 项<extra></extra>",
        )
    return style.finish(
        figure,
        height=style.rows_height(len(table) + 1),
        barmode="stack",
        xaxis_title="校验（项）",
        yaxis={"type": "category", "autorange": "reversed"},
        showlegend=True,
    )


summarise = Summary(keys=("suite",), sums=tuple(key for key, *_ in _OUTCOMES), label=_labels)
DRAWING = Drawing(
    summarise,
    draw,
    Words("通过 {passed} 项，未通过 {failed} 项，执行出错 {in_error} 项。"),
    COLUMNS,
)
