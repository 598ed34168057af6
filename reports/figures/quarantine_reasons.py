"""Quarantined records by table and by what was wrong with them."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.summary import LABEL, Summary, Words
from reports.labels import TABLE
from reports.quarantine_labels import REASON

_WHERE = {"table_name": "table_name", "reason": "reason"}
COLUMNS = (
    Column("table_name", "表", kind="code", labels=TABLE),
    Column("reason", "原因", kind="code", labels=REASON),
    Column("listed", "条目", kind="number", unit="条", link=Link("quarantine", _WHERE)),
)


def _labels(table: pd.DataFrame) -> list[str]:
    return [
        f"{TABLE.get(name, style.plain(name))} · {REASON.get(reason, style.plain(reason))}"
        for name, reason in zip(table["table_name"], table["reason"], strict=True)
    ]


def _most_first(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values(["listed", "table_name", "reason"], ascending=[False, True, True])


def draw(table: pd.DataFrame) -> go.Figure:
    """One bar per table and reason."""
    figure = go.Figure()
    marks.bar(
        figure,
        table,
        x="listed",
        y=LABEL,
        take=marks.Take(drill=marks.Drill("quarantine", _WHERE), text="listed"),
        textposition="outside",
        cliponaxis=False,
        orientation="h",
        marker={"color": style.WARNING, "pattern": {"shape": "/", "fillmode": "overlay"}},
        hovertemplate="%{y}：%{x:,} 条<extra></extra>",
    )
    return style.finish(
        figure,
        height=style.rows_height(len(table)),
        xaxis_title="条目（条）",
        yaxis={"type": "category", "autorange": "reversed"},
    )


summarise = Summary(keys=("table_name", "reason"), sums=("listed",), order=_most_first, label=_labels)
DRAWING = Drawing(
    summarise, draw, Words("{listed} 个条目。", empty="没有搁置的行和置空的单元格。"), COLUMNS, grows=True
)
