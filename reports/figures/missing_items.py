"""What is missing where a rule could not be decided."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.summary import LABEL, Summary, Words

SHOWN = 15
COLUMNS = (
    Column("missing", "未记录的内容"),
    Column(
        "findings", "无法判定", kind="number", unit="条", link=Link("undetermined", {"missing": "missing"})
    ),
)


def _labels(table: pd.DataFrame) -> list[str]:
    return [style.wrapped(str(missing), 18) for missing in table["missing"]]


def draw(table: pd.DataFrame) -> go.Figure:
    """One bar per combination of missing values."""
    figure = go.Figure()
    marks.bar(
        figure,
        table,
        x="findings",
        y=LABEL,
        take=marks.Take(drill=marks.Drill("undetermined", {"missing": "missing"}), text="findings"),
        textposition="outside",
        cliponaxis=False,
        orientation="h",
        marker={"color": style.UNKNOWN, "pattern": {"shape": ".", "fillmode": "overlay"}},
        hovertemplate="%{y}：%{x:,} 条<extra></extra>",
    )
    return style.finish(
        figure,
        height=style.rows_height(len(table)),
        xaxis_title="无法判定（条）",
        yaxis={"type": "category", "autorange": "reversed"},
    )


summarise = Summary(keys=("missing",), sums=("findings",), label=_labels, top=("findings", SHOWN))
DRAWING = Drawing(
    summarise, draw, Words("无法判定 {findings} 条。", empty="没有无法判定的对象。"), COLUMNS, grows=True
)
