"""Findings by chapter of the rule; a body's own procedure counts as a chapter."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column
from reports.figures import style
from reports.figures.drawing import Drawing
from reports.figures.findings_by_clause import clause_order
from reports.figures.state_bars import STATES, TOTALS, state_bars, state_columns
from reports.figures.summary import Summary, Words

_WHERE = {"chapter": "chapter"}
COLUMNS = (Column("chapter", "章"), *state_columns(_WHERE))


def _as_in_the_text(table: pd.DataFrame) -> pd.DataFrame:
    """Chapters by number, then the annexes and the bodies' own procedures by name."""
    names = table["chapter"].astype(str).tolist()
    order = sorted(
        range(len(names)), key=lambda row: (not names[row][:1].isdigit(), clause_order(names[row]))
    )
    return table.iloc[order]


def _labels(table: pd.DataFrame) -> list[str]:
    return [style.wrapped(str(chapter)) for chapter in table["chapter"]]


def draw(table: pd.DataFrame) -> go.Figure:
    return state_bars(table, _WHERE)


summarise = Summary(keys=("chapter",), sums=STATES, order=_as_in_the_text, label=_labels)
DRAWING = Drawing(summarise, draw, Words(TOTALS + "。"), COLUMNS, grows=True)
