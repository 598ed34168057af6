"""Findings by certification body."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column
from reports.figures import style
from reports.figures.drawing import Drawing
from reports.figures.state_bars import STATES, TOTALS, state_bars, state_columns
from reports.figures.summary import Summary, Words

_WHERE = {"body_name": "body_name"}
COLUMNS = (Column("body_name", "认证机构"), *state_columns(_WHERE))


def _labels(table: pd.DataFrame) -> list[str]:
    return [style.wrapped(str(name)) for name in table["body_name"]]


def draw(table: pd.DataFrame) -> go.Figure:
    return state_bars(table, _WHERE)


summarise = Summary(keys=("body_name",), sums=STATES, label=_labels)
DRAWING = Drawing(summarise, draw, Words(TOTALS + "，{#} 家机构有发现。"), COLUMNS, grows=True)
