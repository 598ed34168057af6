"""Obligations to report, by kind: on time, late, overdue, still open."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import style
from reports.figures.drawing import Drawing
from reports.labels import DEADLINE_KIND, DEADLINE_PROGRESS

COLOURS = {
    "overdue": (style.BREACH, ""),
    "late": (style.WARNING, "/"),
    "open": (style.FORECAST, "\\"),
    "on_time": (style.GOOD, ""),
    "undetermined": (style.UNKNOWN, "."),
}
LISTED = ("overdue", "late", "open", "undetermined")
"""What the table of deadlines lists: everything that was not done on time."""


def _to_deadlines(progress: str) -> Link | None:
    return Link("deadlines", {"kind": "kind"}, {"progress": progress}) if progress in LISTED else None


COLUMNS = (
    Column("kind", "上报事项", kind="code", labels=DEADLINE_KIND),
    *(
        Column(progress, label, kind="number", unit="项", link=_to_deadlines(progress))
        for progress, label in DEADLINE_PROGRESS.items()
    ),
)


def summarise(frame: pd.DataFrame) -> pd.DataFrame:
    """From (body_id, kind, a column per progress) to one row per kind."""
    table = frame.groupby("kind")[list(DEADLINE_PROGRESS)].sum().astype(int)
    known = [kind for kind in DEADLINE_KIND if kind in table.index]
    return table.reindex(known + sorted(set(table.index) - set(known))).reset_index(names="kind")


def draw(table: pd.DataFrame) -> go.Figure:
    """Bars stacked to the whole, one per kind: kinds differ a thousandfold in number, shares compare."""
    names = [DEADLINE_KIND.get(kind, kind) for kind in table["kind"]]
    totals = table[list(DEADLINE_PROGRESS)].sum(axis=1)
    figure = go.Figure()
    for progress, label in DEADLINE_PROGRESS.items():
        counts = table[progress]
        if not counts.any():
            continue
        colour, pattern = COLOURS[progress]
        figure.add_bar(
            name=label,
            orientation="h",
            y=names,
            x=(counts / totals * 100).round(2).tolist(),
            text=[f"{count:,}" if count else "" for count in counts],
            textposition="inside",
            insidetextanchor="middle",
            marker={"color": colour, "pattern": {"shape": pattern, "fillmode": "overlay"}},
            customdata=[
                style.drill("deadlines", {"kind": kind, "progress": progress}) if progress in LISTED else ""
                for kind in table["kind"]
            ],
            hovertemplate="%{y} · " + label + "：%{text} 项（%{x:.1f}%）<extra></extra>",
        )
    return style.finish(
        figure,
        height=style.rows_height(len(table) + 1),
        barmode="stack",
        xaxis={"title": "占该事项的比例（%）", "range": [0, 100]},
        yaxis={"type": "category", "autorange": "reversed"},
        showlegend=True,
    )


def describe(table: pd.DataFrame) -> str:
    """What is open, in words."""
    sums = table.sum(numeric_only=True)
    words = {"overdue": "逾期未报", "open": "待报", "late": "曾迟报"}
    return "，".join(f"{word} {int(sums[key]):,} 项" for key, word in words.items()) + "。"


DRAWING = Drawing(summarise, draw, describe, COLUMNS)
