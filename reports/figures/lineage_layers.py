"""Where the records of a source table go: how many tables, rules and files of each layer are made from it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.summary import LABEL, Summary, Words
from reports.labels import TABLE

LAYERS = ("清洗", "中间层", "规则", "数据集市", "上报数据", "页面")
"""The layers a record passes, in order; `layer_zh` of the figure's rows."""

NAMES = {f"raw.{name};": label for name, label in TABLE.items()}
"""`source` of the figure's rows ends in ;, so that a search for it finds no longer name."""

_WHERE = {"layer_zh": "layer_zh", "q": "source"}
COLUMNS = (
    Column("source", "来源表", kind="code", labels=NAMES),
    Column("layer_zh", "层"),
    Column("nodes", "由它得到", kind="number", unit="个", link=Link("lineage", _WHERE)),
)


def _as_made(table: pd.DataFrame) -> pd.DataFrame:
    """Tables in the contract's order, layers in the order in which they are made."""
    tables = list(NAMES)
    rank = {name: place for place, name in enumerate(tables)}
    order = sorted(
        range(len(table)),
        key=lambda row: (
            rank.get(table["source"].iloc[row], len(tables)),
            str(table["source"].iloc[row]),
            LAYERS.index(table["layer_zh"].iloc[row]),
        ),
    )
    return table.iloc[order]


def _labels(table: pd.DataFrame) -> list[str]:
    return [NAMES.get(source, style.plain(source)) for source in table["source"]]


def draw(table: pd.DataFrame) -> go.Figure:
    """A cell per source table and layer, coloured and numbered by how much is made from it."""
    figure = go.Figure()
    marks.heat(
        figure,
        table,
        x="layer_zh",
        y=LABEL,
        z="nodes",
        take=marks.Take(drill=marks.Drill("lineage", _WHERE)),
        colorscale=[[0, "#e3f0f9"], [0.5, "#9dcbe9"], [1, style.GOOD]],
        showscale=False,
        texttemplate="%{z}",
        xgap=2,
        ygap=2,
        hovertemplate="%{y} → %{x}：%{z} 个<extra></extra>",
    )
    return style.finish(
        figure,
        height=style.rows_height(table["source"].nunique()),
        xaxis={
            "type": "category",
            "side": "top",
            "ticks": "",
            "categoryorder": "array",
            "categoryarray": list(LAYERS),
            "showgrid": False,
        },
        yaxis={"type": "category", "autorange": "reversed", "showgrid": False, "ticks": ""},
    )


summarise = Summary(keys=("source", "layer_zh"), sums=("nodes",), order=_as_made, label=_labels)
DRAWING = Drawing(
    summarise, draw, Words("来源表与各层之间的依赖；点格子看是哪些。", empty="没有记录。"), COLUMNS
)
