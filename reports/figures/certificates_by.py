"""Valid certificates by one property: province or business scope, the most first."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.marks import Drill, Take
from reports.figures.summary import LABEL, Summary, Words
from reports.reference import PROVINCE, SCOPE

_ROW_HEIGHT = 18
_SYSTEMS = {"itsms": ("ITSMS", style.GOOD, ""), "other": ("其他体系", style.NEUTRAL, "/")}


def _draw(systems: tuple[str, ...], drill: Drill) -> Callable[[pd.DataFrame], go.Figure]:
    def draw(table: pd.DataFrame) -> go.Figure:
        figure = go.Figure()
        for key in systems:
            label, colour, pattern = _SYSTEMS[key]
            marks.bar(
                figure,
                table,
                x=key,
                y=LABEL,
                take=Take(drill=drill),
                name=label,
                orientation="h",
                marker={"color": colour, "pattern": {"shape": pattern, "fillmode": "overlay"}},
                hovertemplate="%{y} · " + label + "：%{x:,} 张<extra></extra>",
            )
        return style.finish(
            figure,
            height=style.FURNITURE_HEIGHT + _ROW_HEIGHT * max(len(table), 2),
            barmode="stack",
            bargap=0.2,
            xaxis_title="证书数（张）",
            yaxis={"type": "category", "autorange": "reversed", "tickfont": {"size": 11}, "dtick": 1},
            showlegend=len(systems) > 1,
        )

    return draw


def _drawing(key: str, title: str, names: Mapping[str, str], systems: tuple[str, ...], link: Link) -> Drawing:
    def most_first(table: pd.DataFrame) -> pd.DataFrame:
        return table.sort_values(["itsms", key], ascending=[False, True], kind="stable")

    def label(table: pd.DataFrame) -> list[str]:
        return [style.plain(names.get(code, code)) for code in table[key]]

    return Drawing(
        Summary(keys=(key,), sums=systems, order=most_first, label=label, top=("itsms", len(names))),
        _draw(systems, Drill(link.to, link.where, link.fixed)),
        Words("{#} 类，最多的是{first._label}（ITSMS {first.itsms} 张）。"),
        (
            Column(key, title, kind="codes", labels=names, link=link),
            *(Column(system, _SYSTEMS[system][0], kind="number", unit="张") for system in systems),
        ),
        grows=True,
        row_height=_ROW_HEIGHT,
    )


REGION = _drawing(
    "province",
    "地区",
    PROVINCE,
    ("itsms", "other"),
    Link("certificates", {"province": "province"}, {"status": "valid"}),
)
SCOPE_CLASS = _drawing(
    "scope_code",
    "业务范围",
    SCOPE,
    ("itsms",),
    Link("certificates", {"scope_codes": "scope_code"}, {"status": "valid", "system": "ITSMS"}),
)
