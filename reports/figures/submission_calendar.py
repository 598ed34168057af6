"""The obligations of the coming weeks as a calendar: a row per week, a column per day, how much is due."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import style
from reports.figures.drawing import Drawing
from reports.labels import SUBMISSION_KIND

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_SCALE = [[0.0, "#ffffff"], [0.0001, "#e3f0f9"], [0.35, "#9dcbe9"], [1.0, style.GOOD]]
"""From nothing to the most: lightness alone tells, also in print."""

_WEEK_HEIGHT = 34
_FURNITURE = 40
"""Pixels: a cell holds two lines of text."""

COLUMNS = (
    Column("due_on", "期限", kind="date", link=Link("obligations", {"due_on": "due_on"})),
    Column("weekday", "星期"),
    Column("obligations", "到期", kind="number", unit="项", link=Link("obligations", {"due_on": "due_on"})),
    Column("kinds", "其中", wide=True),
)


def summarise(frame: pd.DataFrame) -> pd.DataFrame:
    """From (body_id, due_on, kind, obligations), days without any being there, to one row per day."""
    if frame.empty:
        return pd.DataFrame(columns=["due_on", "weekday", "obligations", "kinds"])
    counted = frame.fillna({"kind": ""}).groupby(["due_on", "kind"])["obligations"].sum().reset_index()
    counted["kind_label"] = [SUBMISSION_KIND.get(kind, kind) for kind in counted["kind"]]
    counted = counted.sort_values(["due_on", "kind_label"])
    some = counted[counted["obligations"] > 0]
    words = some["kind_label"] + " " + some["obligations"].astype(int).astype(str)
    kinds = words.groupby(some["due_on"]).agg("、".join)
    table = counted.groupby("due_on")["obligations"].sum().astype(int).reset_index()
    table["kinds"] = kinds.reindex(table["due_on"], fill_value="").to_list()
    table["weekday"] = [WEEKDAYS[day.weekday()] for day in pd.to_datetime(table["due_on"])]
    return table[["due_on", "weekday", "obligations", "kinds"]]


def draw(table: pd.DataFrame) -> go.Figure:
    """A cell per day with its date and number; a click opens what is due on it."""
    days = pd.to_datetime(table["due_on"])
    weeks = [(day - pd.Timedelta(days=day.weekday())).strftime("%m-%d") for day in days]
    counts = table["obligations"].tolist()
    figure = go.Figure()
    figure.add_heatmap(
        x=table["weekday"].tolist(),
        y=weeks,
        z=counts,
        text=[
            f"{day:%m-%d}<br><b>{count}</b>" if count else f"{day:%m-%d}"
            for day, count in zip(days, counts, strict=True)
        ],
        texttemplate="%{text}",
        textfont={"size": 11},
        colorscale=_SCALE,
        zmin=0,
        zmax=max(max(counts), 1),
        showscale=False,
        xgap=2,
        ygap=2,
        customdata=[
            [style.drill("obligations", {"due_on": day}), style.plain(kinds) or "没有到期"]
            for day, kinds in zip(table["due_on"], table["kinds"], strict=True)
        ],
        hovertemplate="%{text}<br>%{customdata[1]}<extra></extra>",
    )
    return style.finish(
        figure,
        height=_FURNITURE + _WEEK_HEIGHT * len(dict.fromkeys(weeks)),
        xaxis={
            "type": "category",
            "side": "top",
            "ticks": "",
            "categoryorder": "array",
            "categoryarray": list(WEEKDAYS),
            "showgrid": False,
        },
        yaxis={
            "type": "category",
            "autorange": "reversed",
            "showgrid": False,
            "showticklabels": False,
            "ticks": "",
        },
    )


def describe(table: pd.DataFrame) -> str:
    """How much is due, and the next day on which something is."""
    total = int(table["obligations"].sum())
    if not total:
        return "其间没有到期的上报。"
    busy = table[table["obligations"] > 0].iloc[0]
    return f"其间到期 {total:,} 项；最近的是 {busy['due_on']}：{busy['kinds']}。"


DRAWING = Drawing(summarise, draw, describe, COLUMNS)
