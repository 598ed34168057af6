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


def draw(table: pd.DataFrame) -> go.Figure:
    """Two bars per body and a line at the limit. A body without auditors has no bar; the table tells its state."""
    names = [style.plain(str(name)) for name in table["body_name"]]
    figure = go.Figure()
    for kind, label, pattern in (("itsms", "ITSMS", ""), ("all", "全部体系", "/")):
        figure.add_bar(
            name=label,
            orientation="h",
            y=names,
            x=table[f"ratio_{kind}"].tolist(),
            marker={
                "color": [style.STATE_COLOURS.get(state, style.UNKNOWN) for state in table[f"state_{kind}"]],
                "pattern": {"shape": pattern, "fillmode": "overlay", "fgcolor": "#ffffff"},
            },
            text=[
                f"{FINDING_STATE.get(state, state)} {ratio:.1f}" if pd.notna(ratio) else ""
                for state, ratio in zip(table[f"state_{kind}"], table[f"ratio_{kind}"], strict=True)
            ],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y} · " + label + "：每名审核员 %{x:.2f} 张<extra></extra>",
        )
    for value in sorted(set(table["limit_ratio"].dropna())):
        figure.add_vline(x=value, line={"color": style.INK, "width": 1})
        figure.add_annotation(
            x=value, y=1, yref="paper", yanchor="top", xanchor="left", showarrow=False, text=f"上限 {value:g}"
        )
    highest = max([0.0, *table[["ratio_itsms", "ratio_all", "limit_ratio"]].max().dropna().tolist()])
    return style.finish(
        figure,
        height=style.rows_height(2 * len(table)),
        barmode="group",
        xaxis={"title": "有效证书 / 审核员（张/人）", "range": [0, highest * 1.25 or 1]},
        yaxis={"type": "category", "autorange": "reversed"},
        showlegend=True,
    )


def describe(table: pd.DataFrame) -> str:
    """How many bodies are over, in words."""
    over = int(((table["state_itsms"] == "breach") | (table["state_all"] == "breach")).sum())
    return f"{len(table)} 家机构中超过上限 {over} 家。"


DRAWING = Drawing(summarise, draw, describe, COLUMNS)
