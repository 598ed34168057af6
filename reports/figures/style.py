"""The look that all figures share. Colour carries meaning and differs in lightness too, so that it survives
colour-blindness and print; what must not be missed also has a pattern."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import plotly.graph_objects as go

FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif'
INK = "#1d2733"
QUIET = "#5b6773"
RULE = "#dfe4e9"

BREACH = "#b5361c"
WARNING = "#e69f00"
UNKNOWN = "#8a939e"
GOOD = "#0f6fb5"
NEUTRAL = "#c4cad1"
FORECAST = "#56a5d8"

CERTIFICATE_COLOURS = {
    "valid": GOOD,
    "suspended": WARNING,
    "revoked": BREACH,
    "cancelled": "#7b5ea7",
    "expired": UNKNOWN,
    "superseded": NEUTRAL,
}
STATE_COLOURS = {
    "breach": BREACH,
    "warning": WARNING,
    "undetermined": UNKNOWN,
    "pass": GOOD,
    "not_applicable": NEUTRAL,
}
STATE_PATTERNS = {"breach": "", "warning": "/", "undetermined": "."}

ROW_HEIGHT = 26
FURNITURE_HEIGHT = 90


def plain(text: str) -> str:
    """Text as plotly shows it literally: plotly reads a small part of HTML in labels."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def wrapped(text: str, width: int = 14) -> str:
    """A long name as lines of `width` characters, so that it leaves room for the bars."""
    return "<br>".join(plain(text[start : start + width]) for start in range(0, len(text), width))


def drill(table: str, filters: Mapping[str, str]) -> str:
    """Where a click on a mark leads: the page's address fragment that opens `table` with these filters."""
    return urlencode({"go": table, **{f"{table}.{key}": value for key, value in filters.items()}})


def limit_line(figure: go.Figure, value: float, text: str, dash: str, side: str = "left") -> None:
    """A vertical line at a limit, named at its foot; `side` is the edge of the name that meets the line."""
    figure.add_vline(x=value, line={"color": INK, "width": 1, "dash": dash})
    figure.add_annotation(
        x=value,
        y=0,
        yref="paper",
        yanchor="bottom",
        xanchor=side,
        showarrow=False,
        text=text,
        bgcolor="rgba(255,255,255,0.8)",
    )


_AXIS = {
    "showgrid": True,
    "gridcolor": RULE,
    "linecolor": RULE,
    "zerolinecolor": QUIET,
    "automargin": True,
    "fixedrange": True,
    "separatethousands": True,
    "title": {"standoff": 6},
}
_LOOK = go.layout.Template(
    data={"bar": [{"textangle": 0}]},
    layout={
        "font": {"family": FONT, "size": 12, "color": INK},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.0,
            "yanchor": "bottom",
            "traceorder": "normal",
        },
        "hoverlabel": {"font": {"family": FONT, "size": 12}},
        "uniformtext": {"minsize": 9, "mode": "hide"},
        "dragmode": False,
        "bargap": 0.28,
        "xaxis": _AXIS,
        "yaxis": _AXIS,
    },
)
"""Checked once by plotly, not once for each figure; numbers that do not fit into their bar are left out."""


def finish(figure: go.Figure, *, height: int, **layout: Any) -> go.Figure:
    """Lay the common look under `figure`. `height` in pixels; the width follows the page."""
    figure.layout.template = _LOOK
    figure.update_layout(height=height, **layout)
    return figure


def rows_height(rows: int) -> int:
    """Height of a figure with one horizontal bar per row."""
    return FURNITURE_HEIGHT + ROW_HEIGHT * max(rows, 2)
