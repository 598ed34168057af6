"""Findings by clause of the rule, by what was found."""

from __future__ import annotations

import re

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column
from reports.figures import style
from reports.figures.drawing import Drawing
from reports.figures.state_bars import STATES, TOTALS, state_bars, state_columns
from reports.figures.summary import Summary, Words
from reports.labels import PROFILE

_ROW_HEIGHT = 18
"""Pixels: dozens of clauses, short names."""

_WHERE = {"profile": "profile", "clause": "clause"}
COLUMNS = (
    Column("profile", "规则来源", kind="code", labels=PROFILE),
    Column("clause", "条款"),
    *state_columns(_WHERE),
)


def clause_order(clause: str) -> tuple[tuple[int, str], ...]:
    """5.10.3 stands behind 5.6.1, as in the rule text."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in re.findall(r"\d+|\D+", clause))


def _as_in_the_text(table: pd.DataFrame) -> pd.DataFrame:
    sources = list(PROFILE)

    def place(profile: str) -> int:
        return sources.index(profile) if profile in PROFILE else len(sources)

    keys = zip(table["profile"].astype(str), table["clause"].astype(str), strict=True)
    order = sorted((place(profile), clause_order(clause), row) for row, (profile, clause) in enumerate(keys))
    return table.iloc[[row for *_, row in order]]


def _labels(table: pd.DataFrame) -> list[str]:
    return [
        style.plain(clause if profile == "cnca" else f"{profile.upper()} {clause}")
        for profile, clause in zip(table["profile"], table["clause"], strict=True)
    ]


def draw(table: pd.DataFrame) -> go.Figure:
    return state_bars(table, _WHERE, _ROW_HEIGHT)


summarise = Summary(keys=("profile", "clause"), sums=STATES, order=_as_in_the_text, label=_labels)
DRAWING = Drawing(
    summarise, draw, Words(TOTALS + "，涉及 {#} 个条款。"), COLUMNS, grows=True, row_height=_ROW_HEIGHT
)
