"""Findings by clause of the rule, by what was found."""

from __future__ import annotations

import re

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import style
from reports.figures.drawing import Drawing
from reports.labels import FINDING_STATE, PROFILE

STATES = ("breach", "warning", "undetermined")


def _to_findings(state: str) -> Link:
    return Link("findings", {"profile": "profile", "clause": "clause"}, {"state": state})


COLUMNS = (
    Column("profile", "规则来源", kind="code", labels=PROFILE),
    Column("clause", "条款"),
    *(
        Column(state, FINDING_STATE[state], kind="number", unit="条", link=_to_findings(state))
        for state in STATES
    ),
)


def _clause_order(clause: str) -> tuple[tuple[int, str], ...]:
    """5.10.3 stands behind 5.6.1, as in the rule text."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in re.findall(r"\d+|\D+", clause))


def _place(profile: str, clause: str) -> tuple[int, tuple[tuple[int, str], ...]]:
    sources = list(PROFILE)
    return (sources.index(profile) if profile in PROFILE else len(sources), _clause_order(clause))


def summarise(frame: pd.DataFrame) -> pd.DataFrame:
    """From (body_id, profile, clause, state, findings) to one row per clause, ordered as in the rule text."""
    counted = frame.pivot_table(
        index=["profile", "clause"], columns="state", values="findings", aggfunc="sum"
    )
    table = counted.reindex(columns=list(STATES)).fillna(0).astype(int).reset_index()
    table.columns.name = None
    keys = zip(table["profile"].astype(str), table["clause"].astype(str), strict=True)
    order = [
        row for _, row in sorted((_place(profile, clause), row) for row, (profile, clause) in enumerate(keys))
    ]
    return table.iloc[order].reset_index(drop=True)


def draw(table: pd.DataFrame) -> go.Figure:
    """Stacked horizontal bars, one per clause."""
    names = [
        style.plain(clause if profile == "cnca" else f"{profile.upper()} {clause}")
        for profile, clause in zip(table["profile"], table["clause"], strict=True)
    ]
    figure = go.Figure()
    for state in STATES:
        figure.add_bar(
            name=FINDING_STATE[state],
            orientation="h",
            y=names,
            x=table[state].tolist(),
            marker={
                "color": style.STATE_COLOURS[state],
                "pattern": {"shape": style.STATE_PATTERNS[state], "fillmode": "overlay"},
            },
            customdata=[
                style.drill("findings", {"profile": profile, "clause": clause, "state": state})
                for profile, clause in zip(table["profile"], table["clause"], strict=True)
            ],
            hovertemplate="条款 %{y} · " + FINDING_STATE[state] + "：%{x:,} 条<extra></extra>",
        )
    return style.finish(
        figure,
        height=style.rows_height(len(table)),
        barmode="stack",
        xaxis_title="发现（条）",
        yaxis={"type": "category", "autorange": "reversed"},
    )


def describe(table: pd.DataFrame) -> str:
    """The totals in words."""
    totals = "，".join(f"{FINDING_STATE[state]} {int(table[state].sum()):,} 条" for state in STATES)
    return f"{totals}，涉及 {len(table)} 个条款。"


DRAWING = Drawing(summarise, draw, describe, COLUMNS)
