"""Stacked horizontal bars of findings by state: what the figures of the conformity page have in common."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import marks, style
from reports.figures.summary import LABEL
from reports.labels import FINDING_STATE

STATES = ("breach", "warning", "undetermined")


def state_columns(where: Mapping[str, str]) -> tuple[Column, ...]:
    """A number per state that leads to its findings; `where`: column of the findings table -> column here."""
    return tuple(
        Column(
            state,
            FINDING_STATE[state],
            kind="number",
            unit="条",
            link=Link("findings", where, {"state": state}),
        )
        for state in STATES
    )


def state_bars(
    table: pd.DataFrame, where: Mapping[str, str], row_height: int = style.ROW_HEIGHT
) -> go.Figure:
    """One bar per row of `table`, which has a label and a column per state; a click opens these findings."""
    figure = go.Figure()
    for state in STATES:
        marks.bar(
            figure,
            table,
            x=state,
            y=LABEL,
            take=marks.Take(drill=marks.Drill("findings", where, {"state": state})),
            name=FINDING_STATE[state],
            orientation="h",
            marker={
                "color": style.STATE_COLOURS[state],
                "pattern": {"shape": style.STATE_PATTERNS[state], "fillmode": "overlay"},
            },
            hovertemplate="%{y} · " + FINDING_STATE[state] + "：%{x:,} 条<extra></extra>",
        )
    return style.finish(
        figure,
        height=style.FURNITURE_HEIGHT + row_height * max(len(table), 2),
        barmode="stack",
        xaxis_title="发现（条）",
        yaxis={"type": "category", "autorange": "reversed"},
    )


TOTALS = "不符合 {breach} 条，预警 {warning} 条，无法判定 {undetermined} 条"
