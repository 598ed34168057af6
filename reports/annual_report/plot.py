"""A chart of the report as a plotly figure in the house style, of one size on a screen, on A4 and in Word.

Series are told apart without colour too: filled, outlined, outlined and narrow. Not by plotly's patterns, which
Chromium turns into bitmaps in a PDF. Nothing here is computed but the ends of the axes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from reports.annual_report.chart import Chart, Number, Series
from reports.figures import style

WIDTH = 680
"""Pixels: what the margins of an A4 page leave (180 mm)."""
_COLUMNS_HEIGHT = 300
_ROW_HEIGHT = 22
_ABOVE = 24
_LEGEND = 26
_BELOW = 34
_FULL, _NARROW = 0.64, 0.4


def figure_of(chart: Chart) -> go.Figure:
    """The chart, drawn; text of the records in it is shown literally."""
    is_lying = chart.kind == "rows"
    figure = go.Figure()
    names = [style.plain(name) for name in chart.categories]
    for series in chart.series:
        lengths = [_length(value) for value in series.values]
        figure.add_bar(
            name=style.plain(series.name),
            x=lengths if is_lying else names,
            y=names if is_lying else lengths,
            orientation="h" if is_lying else "v",
            **_look(series),
        )
    (_finish_rows if is_lying else _finish_columns)(figure, chart, names)
    return figure


def drawn(chart: Chart) -> dict[str, Any]:
    """What plotly.js draws: plain values; the same chart gives the same."""
    value: dict[str, Any] = figure_of(chart).to_plotly_json()
    return value


def _finish_columns(figure: go.Figure, chart: Chart, names: list[str]) -> None:
    above, below = _extent(chart)
    for limit in chart.limits:
        figure.add_hline(
            y=float(limit.value),
            line={"color": style.INK, "width": 1, "dash": "dash" if limit.is_dashed else "solid"},
            annotation={
                "text": style.plain(limit.label), "x": 1, "xanchor": "right", "yanchor": "bottom", "showarrow": False,
            },
        )  # fmt: skip
    _finish(
        figure,
        chart,
        plot_height=_COLUMNS_HEIGHT - _ABOVE - _BELOW,
        xaxis={"type": "category", "categoryorder": "array", "categoryarray": names, "showgrid": False},
        yaxis={"range": [below * 1.05, above * 1.07], "zeroline": True, **_ticks(above - below)},
    )


def _finish_rows(figure: go.Figure, chart: Chart, names: list[str]) -> None:
    above, _ = _extent(chart)
    height = _ROW_HEIGHT * max(len(names), 1)
    for place, name in enumerate(names):
        total = sum(_length(series.values[place]) or 0.0 for series in chart.series)
        figure.add_annotation(
            x=total, y=name, text=f"{total:,.10g}", xanchor="left", xshift=2, showarrow=False,
            bgcolor="rgba(255,255,255,0.8)", borderpad=0,
        )  # fmt: skip
    for limit in chart.limits:
        figure.add_vline(
            x=float(limit.value),
            line={"color": style.INK, "width": 1, "dash": "dash" if limit.is_dashed else "solid"},
        )
        figure.add_annotation(
            x=float(limit.value), y=1, yref="paper", yanchor="bottom", showarrow=False,
            xanchor="right" if limit.is_dashed else "left", text=style.plain(limit.label),
        )  # fmt: skip
    _finish(
        figure,
        chart,
        plot_height=height,
        xaxis={"range": [0, above * 1.07], **_ticks(above)},
        yaxis={
            "type": "category", "categoryorder": "array", "categoryarray": names[::-1], "showgrid": False,
            "dtick": 1, "range": [-0.5, max(len(names), 1) - 0.5],
        },
    )  # fmt: skip


def _finish(figure: go.Figure, chart: Chart, *, plot_height: int, **axes: Mapping[str, Any]) -> None:
    """Legend and unit above the plot, then the house style; `plot_height` is without what stands around it."""
    has_legend = len(chart.series) > 1
    above = _ABOVE + (_LEGEND if has_legend else 0)
    figure.add_annotation(
        text=style.plain(chart.unit), x=0, xref="paper", xanchor="left", y=1, yref="paper",
        yanchor="bottom", showarrow=False, font={"color": style.QUIET},
    )  # fmt: skip
    style.finish(
        figure,
        height=plot_height + above + _BELOW,
        width=WIDTH,
        autosize=False,
        barmode="relative",
        showlegend=has_legend,
        margin={"l": 8, "r": 16, "t": above, "b": _BELOW},
        **axes,
    )
    figure.update_layout(legend={"y": 1 + _ABOVE / plot_height, "itemsizing": "constant"})


def _look(series: Series) -> dict[str, Any]:
    if not series.pattern:
        return {"width": _FULL, "marker": {"color": series.colour, "line": {"width": 0}}}
    return {
        "width": _NARROW if series.pattern == "." else _FULL,
        "marker": {"color": _tint(series.colour), "line": {"width": 1.5, "color": series.colour}},
    }


def _tint(colour: str) -> str:
    """The colour thinned with white, as what it would be on paper: nothing behind it shines through."""
    parts = [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) * 0.25):02x}" for part in parts)


def _length(value: Number) -> float | int | None:
    """A bar's length; nothing is drawn for nothing, not even an outline."""
    if not value:
        return None
    return value if isinstance(value, int) else float(value)


def _extent(chart: Chart) -> tuple[float, float]:
    """How far bars and limits reach above and below zero."""
    stacks = [
        [_length(series.values[place]) or 0.0 for series in chart.series]
        for place in range(len(chart.categories))
    ]
    above = [sum(length for length in stack if length > 0) for stack in stacks]
    below = [sum(length for length in stack if length < 0) for stack in stacks]
    limits = [float(limit.value) for limit in chart.limits]
    return max([0.0, *above, *limits]) or 1.0, min([0.0, *below])


def _ticks(extent: float) -> dict[str, Any]:
    """Round values, whole ones where there are few."""
    return {"tickformat": ",~f", **({"dtick": 1} if extent <= 6 else {"nticks": 7})}
