"""Professional auditors per scope against the least number of clause 3.6: the scopes with the fewest."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import style
from reports.figures.drawing import Drawing
from reports.labels import FINDING_STATE
from reports.reference import SCOPE

SHOWN = 25
"""Rows drawn: those with the fewest once what expires soon has expired. The list below has all of them."""

_TWO_LINES = 36

COLUMNS = (
    Column("body_name", "认证机构"),
    Column("scope_code", "业务范围", link=Link("scopes", {"body_id": "body_id", "scope_code": "scope_code"})),
    Column("professional_auditors_lasting", "资格持续有效", kind="number", unit="人"),
    Column("expiring", "资格将到期", kind="number", unit="人"),
    Column("state", "状态", kind="code", labels=FINDING_STATE),
    Column("required_auditors", "不少于", kind="number", unit="人"),
)


def summarise(frame: pd.DataFrame) -> pd.DataFrame:
    """The fewest first."""
    ordered = frame.sort_values(
        ["professional_auditors_lasting", "professional_auditors", "body_id", "scope_code"]
    )
    return ordered.head(SHOWN)[
        [
            *(column.key for column in COLUMNS),
            "body_id",
            "professional_auditors",
            "rows",
            "short",
            "soon_short",
        ]
    ].reset_index(drop=True)


def _label(row: Mapping[Hashable, Any], is_one_body: bool) -> str:
    scope = f"{row['scope_code']} {SCOPE.get(str(row['scope_code']), '')}"
    text = scope if is_one_body else f"{row['scope_code']} {row['body_name']}"
    return style.wrapped(text, 22)


def draw(table: pd.DataFrame) -> go.Figure:
    """A bar per scope of a body: who stays, who expires within the horizon; a line at the least number."""
    is_one = table["body_id"].nunique() == 1
    names = [_label(row, is_one) for row in table.to_dict("records")]
    row_height = _TWO_LINES if any("<br>" in name for name in names) else style.ROW_HEIGHT
    drills = [
        style.drill("scopes", {"body_id": str(body), "scope_code": str(scope)})
        for body, scope in zip(table["body_id"], table["scope_code"], strict=True)
    ]
    figure = go.Figure()
    for key, label, colour, pattern in (
        ("professional_auditors_lasting", "资格持续有效", style.GOOD, ""),
        ("expiring", "资格将到期", style.WARNING, "/"),
    ):
        figure.add_bar(
            name=label,
            orientation="h",
            y=names,
            x=[int(count) for count in table[key]],
            marker={"color": colour, "pattern": {"shape": pattern, "fillmode": "overlay"}},
            customdata=drills,
            hovertemplate="%{y} · " + label + "：%{x} 人<extra></extra>",
        )
    for value in sorted(set(table["required_auditors"])):
        style.limit_line(figure, value, f"不少于 {value}", "solid")
    return style.finish(
        figure,
        height=style.FURNITURE_HEIGHT + row_height * max(len(table), 2),
        barmode="stack",
        xaxis={"title": "专业审核员（人）", "rangemode": "tozero", "dtick": None},
        yaxis={"type": "category", "autorange": "reversed", "categoryarray": names, "categoryorder": "array"},
        showlegend=True,
    )


def describe(table: pd.DataFrame) -> str:
    """How many scopes have too few, today and soon; the whole population, not only what is drawn."""
    first = table.iloc[0]
    drawn = f"图中为人数最少的 {len(table)} 项" if len(table) < first["rows"] else "图中为全部"
    if table["body_id"].nunique() == 1:
        drawn += f"（{first['body_name']}）"
    return (
        f"机构的业务范围共 {first['rows']} 项，专业审核员不足 {first['short']} 项，"
        f"将到期的资格不续即不足 {first['soon_short']} 项；{drawn}。"
    )


def counted(frame: pd.DataFrame) -> pd.DataFrame:
    """`summarise` of the frame with the counts of all its rows, which the sentence says."""
    return summarise(
        frame.assign(
            rows=len(frame),
            short=int((frame["state"] == "breach").sum()),
            soon_short=int((frame["state"] == "warning").sum()),
        )
    )


DRAWING = Drawing(counted, draw, describe, COLUMNS)
