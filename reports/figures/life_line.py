"""The life of one certificate: status over time, and on lanes below it audits, surveillances, events, findings."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column
from reports.figures import marks, style
from reports.figures.marks import Take
from reports.figures.summary import Words
from reports.labels import CERTIFICATE_STATUS

LANES = ("状态", "审核", "监督期限", "变更", "发现")
"""From above to below."""

_STATUS_WIDTH = {"valid": 14, "suspended": 14}
_POINTS = (
    ("audit_done", "已做审核", "circle", style.GOOD),
    ("audit_planned", "计划审核", "circle-open", style.GOOD),
    ("due_done", "监督已做（标在期限）", "triangle-up", style.GOOD),
    ("due_open", "监督未到期", "triangle-up-open", style.QUIET),
    ("due_overdue", "监督逾期", "x", style.BREACH),
    ("event", "状态变化", "diamond", style.INK),
    ("breach", "不符合", "x", style.BREACH),
    ("warning", "预警", "triangle-down", style.WARNING),
    ("undetermined", "无法判定", "circle-open-dot", style.UNKNOWN),
    ("expiry", "有效期至", "line-ns-open", style.INK),
)

_MARKS = {**CERTIFICATE_STATUS, **{mark: label for mark, label, *_ in _POINTS}}

COLUMNS = (
    Column("on_day", "日期", kind="date"),
    Column("lane", "类别"),
    Column("mark", "标记", kind="code", labels=_MARKS),
    Column("said", "内容"),
)
WORDS = Words("从 {first.on_day} 起的状态、审核、监督期限、变更和发现，共 {#} 个时点。", empty="没有记录。")


def draw(table: pd.DataFrame) -> go.Figure:
    """From (on_day, lane, mark, said): a thick line per status, a kind of point per kind of happening."""
    figure = go.Figure()
    for status, label in CERTIFICATE_STATUS.items():
        marks.line(
            figure,
            table,
            x="on_day",
            y="lane",
            take=Take(where={"mark": status}, hover="said"),
            name=label,
            mode="lines",
            line={"color": style.CERTIFICATE_COLOURS[status], "width": _STATUS_WIDTH.get(status, 5)},
            hovertemplate="%{x} " + label + " %{hovertext}<extra></extra>",
        )
    for mark, label, symbol, colour in _POINTS:
        marks.line(
            figure,
            table,
            x="on_day",
            y="lane",
            take=Take(where={"mark": mark}, hover="said"),
            name=label,
            mode="markers",
            marker={"symbol": symbol, "color": colour, "size": 11, "line": {"width": 2, "color": colour}},
            hovertemplate="%{x} " + label + " %{hovertext}<extra></extra>",
        )
    return style.finish(
        figure,
        height=300,
        xaxis={"type": "date", "tickformat": "%Y-%m", "hoverformat": "%Y-%m-%d", "nticks": 12},
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": list(LANES),
            "range": [len(LANES) - 0.5, -0.5],
        },
        hovermode="closest",
    )
