"""Days on site in the calendar year, done and planned until its end, of the people who will have the most."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, RecordLink
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.summary import LABEL, Summary, Words

SHOWN = 25

COLUMNS = (
    Column("person_id", "人员编号", link=RecordLink("auditor", "person_id")),
    Column("done_days", "本年已完成", kind="number", unit="天"),
    Column("planned_days", "本年已计划", kind="number", unit="天"),
    Column("year_end_days", "预测年末", kind="number", unit="天"),
    Column("limit_days", "上限（任意 {parameter:cycle_year_days} 天）", kind="number", unit="天"),
)


def _labels(table: pd.DataFrame) -> list[str]:
    return [style.plain(str(person)) for person in table["person_id"]]


def _order(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values(["year_end_days", "person_id"], ascending=[False, True])


def draw(table: pd.DataFrame) -> go.Figure:
    """A bar per person: what is done, then what the plan adds until the year ends."""
    figure = go.Figure()
    for key, label, colour, pattern in (
        ("done_days", "已完成", style.GOOD, ""),
        ("planned_days", "已计划", style.FORECAST, "/"),
    ):
        marks.bar(
            figure,
            table,
            x=key,
            y=LABEL,
            take=marks.Take(drill=marks.Drill("auditors", {"person_id": "person_id"})),
            orientation="h",
            name=label,
            marker={"color": colour, "pattern": {"shape": pattern, "fillmode": "overlay"}},
            hovertemplate="%{y} · " + label + "：%{x:g} 天<extra></extra>",
        )
    if len(table):
        style.limit_line(figure, table["limit_days"].max(), f"上限 {table['limit_days'].max():g}", "solid")
    return style.finish(
        figure,
        height=style.rows_height(len(table)),
        barmode="stack",
        xaxis={"title": "本自然年现场审核（天）", "rangemode": "tozero"},
        yaxis={"type": "category", "autorange": "reversed"},
        showlegend=True,
    )


DRAWING = Drawing(
    Summary(
        ("person_id",),
        ("done_days", "planned_days", "year_end_days", "limit_days"),
        order=_order,
        label=_labels,
        top=("year_end_days", SHOWN),
    ),
    draw,
    Words(
        "预测年末最多的 {#} 人：本年已完成 {done_days} 天，年内已计划 {planned_days} 天；首位预测年末 {first.year_end_days} 天。"
    ),
    COLUMNS,
    grows=True,
)
