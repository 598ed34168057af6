"""Who passes the warning or the limit when: a row per person, a mark per day, past and to come."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, RecordLink
from reports.figures import style
from reports.figures.drawing import Drawing
from reports.labels import CROSSING_LEVEL, YES_NO

SHOWN = 30
"""People drawn: those whose next passing of the limit, or whose last passing, is nearest."""

COLUMNS = (
    Column("person_id", "人员编号", link=RecordLink("auditor", "person_id")),
    Column("level", "越过", kind="code", labels=CROSSING_LEVEL),
    Column("crossed_on", "日期", kind="date"),
    Column("is_forecast", "预计", kind="code", labels=YES_NO),
    Column("window_days", "当日 {parameter:cycle_year_days} 天合计", kind="number", unit="天"),
)
_MARKS = {
    ("warning", "no"): ("已越过预警线", "triangle-up", style.WARNING),
    ("limit", "no"): ("已超过上限", "x", style.BREACH),
    ("warning", "yes"): ("预计越过预警线", "triangle-up-open", "#8a5a00"),
    ("limit", "yes"): ("预计超过上限", "circle-x-open", style.BREACH),
}


def summarise(frame: pd.DataFrame) -> pd.DataFrame:
    """People in the order of their first coming passing of the limit, then of the warning, then of the last past one."""
    coming = frame[frame["is_forecast"] == "yes"]
    rank = pd.DataFrame({"person_id": sorted(frame["person_id"].unique())}).set_index("person_id")
    for level in ("limit", "warning"):
        rank[level] = coming[coming["level"] == level].groupby("person_id")["crossed_on"].min()
    rank = rank.astype(object).where(rank.notna(), "9999").reset_index()
    people = rank.sort_values(["limit", "warning", "person_id"])["person_id"].head(SHOWN).tolist()
    kept = frame[frame["person_id"].isin(people)]
    order = kept.assign(place=kept["person_id"].map({person: at for at, person in enumerate(people)}))
    ordered = order.sort_values(["place", "crossed_on", "level"])
    return ordered[[*(column.key for column in COLUMNS), "as_of"]].reset_index(drop=True)


def draw(table: pd.DataFrame) -> go.Figure:
    """A line at as_of divides what happened from what the plan would bring."""
    people = [style.plain(str(person)) for person in dict.fromkeys(table["person_id"])]
    figure = go.Figure()
    for (level, forecast), (label, symbol, colour) in _MARKS.items():
        part = table[(table["level"] == level) & (table["is_forecast"] == forecast)]
        if part.empty:
            continue
        figure.add_scatter(
            name=label,
            mode="markers",
            x=part["crossed_on"].tolist(),
            y=[style.plain(str(person)) for person in part["person_id"]],
            marker={"symbol": symbol, "color": colour, "size": 11, "line": {"width": 2, "color": colour}},
            customdata=[style.drill("crossings", {"person_id": str(person)}) for person in part["person_id"]],
            text=[f"{days:g}" for days in part["window_days"]],
            hovertemplate="%{y}：%{x|%Y-%m-%d} " + label + "，合计 %{text} 天<extra></extra>",
        )
    as_of = str(table["as_of"].iloc[0])
    figure.add_vline(x=as_of, line={"color": style.INK, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=as_of,
        y=0,
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
        text="截止日",
        bgcolor="rgba(255,255,255,0.8)",
    )
    return style.finish(
        figure,
        height=style.rows_height(len(people)) + 20,
        xaxis={"type": "date", "tickformat": "%Y-%m", "nticks": 10},
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": people,
            "range": [len(people) - 0.5, -0.5],
        },
        showlegend=True,
    )


def describe(table: pd.DataFrame) -> str:
    """How many are still to pass, and who is next."""
    coming = table[(table["is_forecast"] == "yes") & (table["level"] == "limit")]
    past = table[(table["is_forecast"] == "no") & (table["level"] == "limit")]["person_id"].nunique()
    words = "近 {parameter:cycle_year_days} 天内" + f"超过上限的 {past} 人"
    if coming.empty:
        return f"{words}；按现有计划没有人将超过上限。"
    first = coming.sort_values(["crossed_on", "person_id"]).iloc[0]
    return (
        f"{words}；按现有计划将超过上限的 {coming['person_id'].nunique()} 人，"
        f"最早为 {first['person_id']}（{first['crossed_on']}）。"
    )


DRAWING = Drawing(summarise, draw, describe, COLUMNS)
