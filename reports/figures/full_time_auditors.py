"""Full-time ITSMS auditors of every body against the least number of clause 3.6."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column
from reports.figures import style
from reports.figures.drawing import Drawing
from reports.labels import FINDING_STATE

COLUMNS = (
    Column("body_name", "认证机构"),
    Column("itsms_auditors_full_time", "专职 ITSMS 审核员", kind="number", unit="人"),
    Column("part_time", "兼职 ITSMS 审核员", kind="number", unit="人"),
    Column("state_full_time", "状态", kind="code", labels=FINDING_STATE),
    Column("full_time_min", "不少于", kind="number", unit="人"),
)


def summarise(frame: pd.DataFrame) -> pd.DataFrame:
    """Bodies with the fewest first."""
    ordered = frame.sort_values(["itsms_auditors_full_time", "body_id"])
    return ordered[[*(column.key for column in COLUMNS), "body_id"]].reset_index(drop=True)


def draw(table: pd.DataFrame) -> go.Figure:
    """A bar per body and a line at the least number."""
    names = [style.wrapped(str(name)) for name in table["body_name"]]
    figure = go.Figure()
    for state in ("breach", "warning", "pass"):
        if not (table["state_full_time"] == state).any():
            continue
        figure.add_bar(
            name=FINDING_STATE[state],
            orientation="h",
            y=names,
            x=[
                int(count) if own == state else None
                for count, own in zip(
                    table["itsms_auditors_full_time"], table["state_full_time"], strict=True
                )
            ],
            marker={
                "color": style.STATE_COLOURS[state],
                "pattern": {"shape": style.STATE_PATTERNS.get(state, ""), "fillmode": "overlay"},
            },
            customdata=[
                style.drill(
                    "registrations",
                    {
                        "body_id": str(body),
                        "system": "ITSMS",
                        "is_active_auditor": "yes",
                        "employment": "full_time",
                    },
                )
                for body in table["body_id"]
            ],
            hovertemplate="%{y}：专职 %{x} 人<extra></extra>",
        )
    for value in sorted(set(table["full_time_min"])):
        style.limit_line(figure, value, f"不少于 {value}", "solid")
    return style.finish(
        figure,
        height=style.FURNITURE_HEIGHT + 96 * max(len(table), 1),
        bargap=0.6,
        barmode="overlay",
        xaxis={"title": "专职 ITSMS 审核员（人）", "rangemode": "tozero"},
        yaxis={"type": "category", "autorange": "reversed", "categoryarray": names, "categoryorder": "array"},
        showlegend=True,
    )


def describe(table: pd.DataFrame) -> str:
    """How many bodies have too few."""
    few = int((table["state_full_time"] == "breach").sum())
    near = int((table["state_full_time"] == "warning").sum())
    return f"{len(table)} 家机构中专职审核员不足 {few} 家，接近下限 {near} 家。"


DRAWING = Drawing(summarise, draw, describe, COLUMNS)
