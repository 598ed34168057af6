"""The rules with the most findings."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, PageLink
from reports.figures import style
from reports.figures.drawing import Drawing
from reports.figures.state_bars import STATES, state_bars, state_columns
from reports.figures.summary import Summary, Words

SHOWN = 15
_ROW_HEIGHT = 36
"""Pixels: a title and the rule's id under it."""

_WHERE = {"rule_id": "rule_id"}
COLUMNS = (
    Column("rule_id", "规则", link=PageLink("rulebook", "rule_id")),
    Column("title_zh", "内容"),
    *state_columns(_WHERE),
    Column("findings", "合计", kind="number", unit="条"),
)


def _labels(table: pd.DataFrame) -> list[str]:
    """With the rule's id: two rules may have one title, and would then share a bar."""
    return [
        f"{style.wrapped(str(title), 20)}<br>{style.plain(str(rule))}"
        for rule, title in zip(table["rule_id"], table["title_zh"], strict=True)
    ]


def draw(table: pd.DataFrame) -> go.Figure:
    return state_bars(table, _WHERE, _ROW_HEIGHT)


summarise = Summary(
    keys=("rule_id", "title_zh"), sums=(*STATES, "findings"), label=_labels, top=("findings", SHOWN)
)
DRAWING = Drawing(
    summarise,
    draw,
    Words(f"发现最多的 {{#}} 条规则（至多 {SHOWN} 条），合计 {{findings}} 条；最多的是 {{first.title_zh}}。"),
    COLUMNS,
    grows=True,
    row_height=_ROW_HEIGHT,
)
