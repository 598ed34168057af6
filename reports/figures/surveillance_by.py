"""Surveillance audits to be done, by whom or where they fall: body, province, team leader."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.summary import LABEL, Summary, Words
from reports.labels import LEADER_GROUP, SURVEILLANCE_HORIZON
from reports.reference import PROVINCE

_COLOURS = {
    "overdue": (style.BREACH, ""),
    "near": (style.WARNING, "/"),
    "middle": (style.GOOD, ""),
    "later": (style.FORECAST, ""),
    "far": (style.NEUTRAL, ""),
}
SUMS = tuple(f"due_{horizon}" for horizon in SURVEILLANCE_HORIZON)
"""Columns of the query: links per horizon, of certificates in force."""
TOTAL = "total"


def _drawing(
    keys: tuple[str, ...],
    head: tuple[Column, ...],
    where: Mapping[str, str],
    label: Callable[[pd.DataFrame], list[str]],
    words: str,
    most: int,
) -> Drawing:
    fixed = {"in_force": "yes"}
    columns = (
        *head,
        *(
            Column(
                f"due_{horizon}",
                text,
                kind="number",
                unit="次",
                link=Link("surveillance", dict(where), {"horizon": horizon, **fixed}),
            )
            for horizon, text in SURVEILLANCE_HORIZON.items()
        ),
        Column(TOTAL, "合计", kind="number", unit="次"),
    )

    def draw(table: pd.DataFrame) -> go.Figure:
        figure = go.Figure()
        for horizon, text in SURVEILLANCE_HORIZON.items():
            colour, pattern = _COLOURS[horizon]
            marks.bar(
                figure,
                table,
                x=f"due_{horizon}",
                y=LABEL,
                take=marks.Take(drill=marks.Drill("surveillance", where, {"horizon": horizon, **fixed})),
                orientation="h",
                name=text,
                marker={"color": colour, "pattern": {"shape": pattern, "fillmode": "overlay"}},
                hovertemplate="%{y} · " + text + "：%{x:,} 次<extra></extra>",
            )
        return style.finish(
            figure,
            height=style.rows_height(len(table)),
            barmode="stack",
            xaxis_title="监督审核（次，证书在册）",
            yaxis={"type": "category", "autorange": "reversed"},
            showlegend=True,
        )

    def ordered(table: pd.DataFrame) -> pd.DataFrame:
        return table.sort_values([TOTAL, *keys], ascending=[False, *(True for _ in keys)])

    return Drawing(
        Summary(keys, (*SUMS, TOTAL), order=ordered, label=label, top=(TOTAL, most)),
        draw,
        Words(words),
        columns,
        grows=True,
    )


def _bodies(table: pd.DataFrame) -> list[str]:
    return [style.wrapped(str(name)) for name in table["body_name"]]


def _provinces(table: pd.DataFrame) -> list[str]:
    return [PROVINCE.get(code, style.plain(str(code))) for code in table["province_code"]]


def _leaders(table: pd.DataFrame) -> list[str]:
    return [
        f"{style.plain(str(person))}（{LEADER_GROUP.get(group, group)}）"
        for person, group in zip(table["leader_id"], table["leader_group"], strict=True)
    ]


BY_BODY = _drawing(
    ("body_id", "body_name"),
    (Column("body_name", "认证机构"),),
    {"body_id": "body_id"},
    _bodies,
    (
        "{#} 家机构：在册证书已逾期 {due_overdue} 次，"
        "{parameter:surveillance_near_days} 天内到期 {due_near} 次，"
        "{parameter:surveillance_far_days} 天内合计 {total} 次（含逾期）。"
    ),
    40,
)
BY_PROVINCE = _drawing(
    ("province_code",),
    (Column("province_code", "地区", kind="code", labels=PROVINCE),),
    {"province_code": "province_code"},
    _provinces,
    "最多的 {#} 个地区：在册证书已逾期 {due_overdue} 次，{parameter:surveillance_near_days} 天内到期 {due_near} 次。",
    20,
)
BY_LEADER = _drawing(
    ("leader_id", "leader_group"),
    (
        Column("leader_id", "审核组长"),
        Column("leader_group", "聘用", kind="code", labels=LEADER_GROUP),
    ),
    {"leader_id": "leader_id"},
    _leaders,
    (
        "最多的 {#} 位组长：在册证书已逾期 {due_overdue} 次，"
        "{parameter:surveillance_near_days} 天内到期 {due_near} 次，"
        "{parameter:surveillance_far_days} 天内合计 {total} 次（含逾期）。"
    ),
    20,
)
