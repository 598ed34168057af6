"""Certificates per auditor over time, against the limit of clause 3.10: one body's two ratios, or the bodies' ITSMS ratios."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from reports.columns import Column
from reports.figures import style
from reports.figures.drawing import Drawing

LINES = 8
"""Bodies drawn where there are many: those with the highest ratio on the last day. The table has all of them."""
_LOOKS = (
    (style.GOOD, "solid", "circle"),
    (style.BREACH, "dash", "square"),
    ("#8a5a00", "dot", "diamond"),
    ("#7b5ea7", "dashdot", "triangle-up"),
    (style.INK, "longdash", "x"),
    (style.FORECAST, "solid", "square-open"),
    (style.QUIET, "dash", "circle-open"),
    (style.WARNING, "dot", "diamond-open"),
)
"""Colour, dash and symbol: a line is known by more than its colour."""

COLUMNS = (
    Column("day_on", "日期", kind="date"),
    Column("body_name", "认证机构"),
    Column("ratio_itsms", "ITSMS 人均", kind="number", unit="张/人"),
    Column("valid_itsms", "有效 ITSMS 证书", kind="number", unit="张"),
    Column("itsms_auditors", "ITSMS 审核员", kind="number", unit="人"),
    Column("itsms_auditors_full_time", "其中专职", kind="number", unit="人"),
    Column("ratio_all", "全部人均", kind="number", unit="张/人"),
    Column("valid_all", "有效证书", kind="number", unit="张"),
    Column("all_auditors", "审核员", kind="number", unit="人"),
    Column("warning_ratio", "预警线", kind="number", unit="张/人"),
    Column("limit_ratio", "上限", kind="number", unit="张/人"),
)


def summarise(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per body and day, latest first."""
    ordered = frame.sort_values(["day_on", "body_id"], ascending=[False, True])
    return ordered[[*(column.key for column in COLUMNS), "body_id"]].reset_index(drop=True)


def _drawn(table: pd.DataFrame) -> list[tuple[str, pd.DataFrame, str]]:
    """(name, rows by day, column) of each line."""
    bodies = list(dict.fromkeys(table["body_id"]))
    rows = table.sort_values("day_on")
    if len(bodies) == 1:
        return [("ITSMS", rows, "ratio_itsms"), ("全部体系", rows, "ratio_all")]
    last = rows[rows["day_on"] == rows["day_on"].max()]
    highest = last.sort_values(["ratio_itsms", "body_id"], ascending=[False, True], na_position="first")
    return [
        (str(row["body_name"]), rows[rows["body_id"] == row["body_id"]], "ratio_itsms")
        for row in highest.head(LINES).to_dict("records")
    ]


def draw(table: pd.DataFrame) -> go.Figure:
    """Lines with a gap where a body had no auditor; the limit and the warning as levels."""
    figure = go.Figure()
    for (name, rows, column), (colour, dash, symbol) in zip(_drawn(table), _LOOKS, strict=False):
        figure.add_scatter(
            name=style.plain(name),
            mode="lines+markers",
            x=rows["day_on"].tolist(),
            y=[None if pd.isna(value) else float(value) for value in rows[column]],
            line={"color": colour, "dash": dash, "width": 2},
            marker={"symbol": symbol, "size": 5, "color": colour},
            connectgaps=False,
            customdata=[style.drill("bodies", {"body_id": str(body)}) for body in rows["body_id"]],
            hovertemplate="%{x|%Y-%m-%d} · " + style.plain(name) + "：%{y:.2f} 张/人<extra></extra>",
        )
    for column, label, dash in (("limit_ratio", "上限", "solid"), ("warning_ratio", "预警线", "dot")):
        for value in sorted(set(table[column].dropna())):
            figure.add_hline(y=value, line={"color": style.INK, "width": 1, "dash": dash})
            figure.add_annotation(
                x=0,
                xref="paper",
                xanchor="left",
                y=value,
                yanchor="bottom" if column == "limit_ratio" else "top",
                showarrow=False,
                text=f"{label} {value:g}",
            )
    highest = max(table[["ratio_itsms", "ratio_all", "limit_ratio"]].max().dropna().tolist())
    return style.finish(
        figure,
        height=380,
        xaxis={"type": "date", "tickformat": "%Y-%m", "nticks": 10},
        yaxis={"title": "有效证书 / 审核员（张/人）", "range": [0, highest * 1.12]},
        showlegend=True,
    )


def describe(table: pd.DataFrame) -> str:
    """Where it stands, and where it stood on the first day."""
    last, first = table["day_on"].max(), table["day_on"].min()
    now = table[table["day_on"] == last]
    over = int((now["ratio_itsms"] > now["limit_ratio"]).sum())
    bodies = table["body_id"].nunique()
    if bodies > 1:
        drawn = "" if bodies <= LINES else f"图中为 ITSMS 人均最高的 {LINES} 家；"
        return f"{first} 至 {last}，{bodies} 家机构的 ITSMS 人均有效证书；{drawn}截至 {last} 超过上限 {over} 家。"
    then = table[table["day_on"] == first].iloc[0]
    return (
        f"ITSMS 人均有效证书：{first} 为 {_shown(then['ratio_itsms'])}，{last} 为 {_shown(now.iloc[0]['ratio_itsms'])}；"
        f"全部体系 {_shown(now.iloc[0]['ratio_all'])}；上限 {now.iloc[0]['limit_ratio']:g} 张/人。"
    )


def _shown(ratio: float) -> str:
    return "没有审核员" if pd.isna(ratio) else f"{ratio:.2f}"


DRAWING = Drawing(summarise, draw, describe, COLUMNS)
