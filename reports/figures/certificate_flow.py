"""ITSMS certificates that came and went each month: issued and renewed, suspended and ended."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column
from reports.figures import style
from reports.figures.drawing import Drawing

FLOWS = (
    ("issued", "初次发证", 1, style.GOOD, ""),
    ("renewed", "再认证换证", 1, style.FORECAST, "/"),
    ("restored", "恢复", 1, "#7b5ea7", ""),
    ("suspended", "暂停", -1, style.WARNING, "/"),
    ("revoked", "撤销", -1, style.BREACH, ""),
    ("cancelled", "注销", -1, style.UNKNOWN, ""),
    ("expired", "过期失效", -1, style.NEUTRAL, "."),
)
COLUMNS = (
    Column("month", "月份", kind="date"),
    *(Column(key, label, kind="number", unit="张") for key, label, *_ in FLOWS),
)


def summarise(frame: pd.DataFrame) -> pd.DataFrame:
    """From (body_id, month, one column per flow) to one row per month."""
    return frame.groupby("month")[[key for key, *_ in FLOWS]].sum().reset_index()


def draw(table: pd.DataFrame) -> go.Figure:
    """Stacked bars: what came above the line, what went below it."""
    figure = go.Figure()
    for key, label, sign, colour, pattern in FLOWS:
        counts = table[key].tolist()
        if not any(counts):
            continue
        figure.add_bar(
            name=label,
            x=table["month"].tolist(),
            y=[sign * count for count in counts],
            text=[str(count) for count in counts],
            textposition="none",
            marker={"color": colour, "pattern": {"shape": pattern, "fillmode": "overlay"}},
            hovertemplate="%{x} · " + label + "：%{text} 张<extra></extra>",
        )
    return style.finish(
        figure,
        height=style.rows_height(6),
        barmode="relative",
        xaxis={"type": "category", "nticks": 8},
        yaxis_title="增（+）减（−）（张）",
        showlegend=True,
    )


def describe(table: pd.DataFrame) -> str:
    """The last month in words."""
    if table.empty:
        return "没有月度统计。"
    last = table.iloc[-1]
    parts = [f"{label} {int(last[key]):,}" for key, label, *_ in FLOWS if last[key]]
    return f"{last['month']}：{'，'.join(parts) or '没有变化'}（张）。"


DRAWING = Drawing(summarise, draw, describe, COLUMNS)
