"""Certificates by status on as_of, ITSMS apart from the other systems."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column, Link
from reports.figures import style
from reports.figures.drawing import Drawing
from reports.labels import CERTIFICATE_STATUS

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


def summarise(frame: pd.DataFrame) -> pd.DataFrame:
    """From (body_id, status, itsms, other) to one row per status, in the order of a certificate's life."""
    totals = frame.groupby("status")[["itsms", "other"]].sum()
    return totals.reindex(list(CERTIFICATE_STATUS), fill_value=0).reset_index(names="status")


def draw(table: pd.DataFrame) -> go.Figure:
    """Horizontal bars, two per status."""
    names = [CERTIFICATE_STATUS[status] for status in table["status"]]
    figure = go.Figure()
    for key, label, colour, pattern in (
        ("itsms", "ITSMS", style.GOOD, ""),
        ("other", "其他体系", style.NEUTRAL, "/"),
    ):
        figure.add_bar(
            name=label,
            orientation="h",
            y=names,
            x=table[key].tolist(),
            marker={"color": colour, "pattern": {"shape": pattern, "fillmode": "overlay"}},
            text=[f"{value:,}" if value else "" for value in table[key]],
            textposition="outside",
            textangle=0,
            cliponaxis=False,
            customdata=[style.drill("certificates", {"status": status}) for status in table["status"]],
            hovertemplate="%{y} · " + label + "：%{x:,} 张<extra></extra>",
        )
    return style.finish(
        figure,
        height=style.rows_height(len(table) + 3),
        barmode="group",
        xaxis={"title": "证书数（张）", "range": [0, table[["itsms", "other"]].to_numpy().max() * 1.15 or 1]},
        yaxis_autorange="reversed",
        showlegend=True,
    )


def describe(table: pd.DataFrame) -> str:
    """The figures in words."""
    itsms = table.set_index("status")["itsms"]
    parts = (f"{CERTIFICATE_STATUS[key]} {itsms[key]:,} 张" for key in ("valid", "suspended", "revoked"))
    return f"ITSMS 证书：{'，'.join(parts)}。"


DRAWING = Drawing(summarise, draw, describe, COLUMNS)
