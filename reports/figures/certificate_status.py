"""Certificates by status on as_of, ITSMS apart from the other systems."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import marks, style
from reports.figures.drawing import Drawing
from reports.figures.marks import Drill, Take
from reports.figures.summary import LABEL, Summary, Words
from reports.labels import CERTIFICATE_STATUS

SYSTEMS = (("itsms", "ITSMS", style.GOOD, ""), ("other", "其他体系", style.NEUTRAL, "/"))
COLUMNS = (
    Column(
        "status",
        "状态",
        kind="code",
        labels=CERTIFICATE_STATUS,
        link=Link("certificates", {"status": "status"}),
    ),
    Column("itsms", "ITSMS", kind="number", unit="张"),
    Column("other", "其他体系", kind="number", unit="张"),
)


def _label(table: pd.DataFrame) -> list[str]:
    return [CERTIFICATE_STATUS.get(status, status) for status in table["status"]]


def draw(table: pd.DataFrame) -> go.Figure:
    """Horizontal bars, two per status, in the order of a certificate's life."""
    figure = go.Figure()
    for key, label, colour, pattern in SYSTEMS:
        marks.bar(
            figure,
            table,
            x=key,
            y=LABEL,
            take=Take(drill=Drill("certificates", {"status": "status"}), text=key),
            name=label,
            orientation="h",
            marker={"color": colour, "pattern": {"shape": pattern, "fillmode": "overlay"}},
            textposition="outside",
            textangle=0,
            cliponaxis=False,
            hovertemplate="%{y} · " + label + "：%{x:,} 张<extra></extra>",
        )
    return style.finish(
        figure,
        height=style.rows_height(len(CERTIFICATE_STATUS) + 3),
        barmode="group",
        margin={"l": 8, "r": 48, "t": 8, "b": 8},
        xaxis={"title": "证书数（张）", "rangemode": "tozero"},
        yaxis_autorange="reversed",
        showlegend=True,
    )


DRAWING = Drawing(
    Summary(keys=("status",), sums=("itsms", "other"), fixed=tuple(CERTIFICATE_STATUS), label=_label),
    draw,
    Words(
        "ITSMS 证书：有效 {itsms:status=valid} 张，暂停 {itsms:status=suspended} 张，撤销 {itsms:status=revoked} 张。"
    ),
    COLUMNS,
)
