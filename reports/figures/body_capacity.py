"""Valid certificates per auditor of every body, against the limit of clause 3.10."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column
from reports.figures import style
from reports.figures.drawing import Drawing
from reports.labels import FINDING_STATE

COLUMNS = (
    Column("body_name", "认证机构"),
    Column("ratio_itsms", "ITSMS 人均证书", kind="number", unit="张/人"),
    Column("state_itsms", "ITSMS 状态", kind="code", labels=FINDING_STATE),
    Column("ratio_all", "全部体系人均证书", kind="number", unit="张/人"),
    Column("state_all", "全部体系状态", kind="code", labels=FINDING_STATE),
    Column("limit_ratio", "上限", kind="number", unit="张/人"),
)


def summarise(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per body, in the order of their ids."""
    return frame.sort_values("body_id")[[column.key for column in COLUMNS]].reset_index(drop=True)


def _length(ratio: float) -> float:
    return 0.0 if pd.isna(ratio) else ratio


def _label(ratio: float) -> str:
    return "没有审核员" if pd.isna(ratio) else f"{ratio:.1f}"


def draw(table: pd.DataFrame) -> go.Figure:
    """Two bars per body and a line at the limit. A body without auditors has a word in its place."""
    bars = [
        (f"{style.wrapped(str(row['body_name']))}<br>{label}", row[f"ratio_{kind}"], row[f"state_{kind}"])
        for row in table.to_dict("records")
        for kind, label in (("itsms", "ITSMS"), ("all", "全部体系"))
    ]
    names = [name for name, _, _ in bars]
    figure = go.Figure()
    for state in ("breach", "warning", "undetermined", "pass"):
        if not any(own == state for _, _, own in bars):
            continue
        figure.add_bar(
            name=FINDING_STATE[state],
            orientation="h",
            y=names,
            x=[_length(ratio) if own == state else None for _, ratio, own in bars],
            marker={
                "color": style.STATE_COLOURS[state],
                "pattern": {"shape": style.STATE_PATTERNS.get(state, ""), "fillmode": "overlay"},
            },
            text=[_label(ratio) if own == state else "" for _, ratio, own in bars],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}：每名审核员 %{x:.2f} 张<extra></extra>",
        )
    for value in sorted(set(table["limit_ratio"].dropna())):
        style.limit_line(figure, value, f"上限 {value:g}", "solid")
    highest = max([0.0, *table[["ratio_itsms", "ratio_all", "limit_ratio"]].max().dropna().tolist()])
    return style.finish(
        figure,
        height=style.FURNITURE_HEIGHT + 48 * max(len(bars), 2),
        barmode="overlay",
        xaxis={"title": "有效证书 / 审核员（张/人）", "range": [0, highest * 1.25 or 1]},
        yaxis={"type": "category", "autorange": "reversed", "categoryarray": names, "categoryorder": "array"},
        showlegend=True,
    )


def describe(table: pd.DataFrame) -> str:
    """How many bodies are over, in words."""
    over = int(((table["state_itsms"] == "breach") | (table["state_all"] == "breach")).sum())
    return f"{len(table)} 家机构中超过上限 {over} 家。"


DRAWING = Drawing(summarise, draw, describe, COLUMNS)
