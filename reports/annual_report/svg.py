"""Draws a chart as SVG, in Python: the document is complete without a browser, and its bytes do not change.

Only what the report needs: stacked columns, lying bars, limits. Styles are attributes, so that no content security
policy and no style sheet of the document can get in the way. Coordinates are rounded to a tenth of a pixel.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape

from reports.annual_report.chart import Chart, Limit, Number, Series
from reports.figures.style import FONT, INK, QUIET, RULE

WIDTH = 720
_SIZE = 12
_PLOT_HEIGHT = 210
_ROW = 22
_TOP = 8
_HATCH = 5.0


def draw(chart: Chart, name: str, words: str) -> str:
    """The chart as an <svg> element; `name` is its id, `words` is its text for screen readers."""
    body, height = (_columns if chart.kind == "columns" else _rows)(chart)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{escape(name)}" viewBox="0 0 {WIDTH} {height:g}"'
        f' width="{WIDTH}" height="{height:g}" role="img" aria-label="{escape(words)}"'
        f' font-family="{escape(FONT)}" font-size="{_SIZE}" fill="{INK}">'
        f"{''.join(body)}</svg>"
    )


def text_width(text: str, size: float = _SIZE) -> float:
    """About how wide a text is: Chinese characters are square, others little more than half of that."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.58 for sign in text) * size


def ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round values from at most `low` to at least `high`, steps of 1, 2 or 5 times a power of ten."""
    rough = max(high - low, 1e-9) / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    step = max(step, 1.0) if high - low >= wanted else step
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * place, 10) for place in range(first, last + 1)]


def _columns(chart: Chart) -> tuple[list[str], float]:
    limits = [float(limit.value) for limit in chart.limits]
    above = [sum(max(value, 0.0) for value in column) for column in _stacks(chart)]
    below = [sum(min(value, 0.0) for value in column) for column in _stacks(chart)]
    scale = ticks(min([0.0, *below]), max([0.0, *above, *limits]) or 1.0)
    left = max(text_width(_plain(tick)) for tick in scale) + 10
    legend, top = _legend(chart, left)
    top += 18
    bottom = top + _PLOT_HEIGHT
    body = [*legend, _text(0, top - 10, chart.unit, QUIET)]

    def at(value: float) -> float:
        return bottom - (value - scale[0]) / (scale[-1] - scale[0]) * _PLOT_HEIGHT

    for tick in scale:
        colour = QUIET if tick == 0 else RULE
        body.append(_line(left, at(tick), WIDTH, at(tick), colour))
        body.append(_text(left - 6, at(tick) + 4, _plain(tick), QUIET, "end"))
    slot = (WIDTH - left) / max(len(chart.categories), 1)
    for place, category in enumerate(chart.categories):
        body.append(_text(left + slot * (place + 0.5), bottom + 18, category, INK, "middle"))
        up = down = 0.0
        for series in chart.series:
            value = _number(series.values[place])
            start, up, down = (up, up + value, down) if value > 0 else (down, up, down + value)
            if value:
                edge, foot = sorted((at(start), at(start + value)))
                body.append(_bar(left + slot * (place + 0.18), edge, slot * 0.64, foot - edge, series))
    body += _limits_across(chart.limits, left, at)
    return body, bottom + 28


def _limits_across(limits: Sequence[Limit], left: float, at: object) -> Iterator[str]:
    assert callable(at)
    for limit in limits:
        height = at(float(limit.value))
        yield _line(left, height, WIDTH, height, INK, dashed=limit.is_dashed)
        yield _text(WIDTH - 2, height - 4, limit.label, INK, "end")


def _rows(chart: Chart) -> tuple[list[str], float]:
    highest = max(
        [0.0, *(sum(column) for column in _stacks(chart)), *(float(limit.value) for limit in chart.limits)]
    )
    scale = ticks(0.0, highest or 1.0)
    left = max([40.0, *(text_width(category) for category in chart.categories)]) + 10
    right = WIDTH - 44
    legend, top = _legend(chart, left)
    top += 16
    bottom = top + _ROW * len(chart.categories)
    body = list(legend)

    def at(value: float) -> float:
        return left + value / scale[-1] * (right - left)

    for tick in scale:
        body.append(_line(at(tick), top, at(tick), bottom, QUIET if tick == 0 else RULE))
        body.append(_text(at(tick), bottom + 16, _plain(tick), QUIET, "middle"))
    body.append(_text(WIDTH, bottom + 32, chart.unit, QUIET, "end"))
    for place, category in enumerate(chart.categories):
        middle = top + _ROW * (place + 0.5)
        body.append(_text(left - 8, middle + 4, category, INK, "end"))
        end = 0.0
        for series in chart.series:
            value = _number(series.values[place])
            if value:
                body.append(_bar(at(end), middle - 7, at(end + value) - at(end), 14, series))
                end += value
        body.append(_text(at(end) + 5, middle + 4, _plain(end), INK, halo=True))
    for limit in chart.limits:
        x = at(float(limit.value))
        body.append(_line(x, top, x, bottom, INK, dashed=limit.is_dashed))
        body.append(
            _text(
                x - 3 if limit.is_dashed else x + 3,
                top - 4,
                limit.label,
                INK,
                "end" if limit.is_dashed else "start",
            )
        )
    return body, bottom + 40


def _legend(chart: Chart, left: float) -> tuple[list[str], float]:
    """Names of the series in as many lines as they need, and the height used; none for a single series."""
    if len(chart.series) < 2:
        return [], _TOP
    body, x, y = [], left, float(_TOP + 10)
    for series in chart.series:
        width = 18 + text_width(series.name) + 16
        if x + width > WIDTH and x > left:
            x, y = left, y + 18
        body.append(_bar(x, y - 9, 12, 10, series))
        body.append(_text(x + 17, y, series.name, INK))
        x += width
    return body, y + 8


def _stacks(chart: Chart) -> Iterator[list[float]]:
    for place in range(len(chart.categories)):
        yield [_number(series.values[place]) for series in chart.series]


def _number(value: Number) -> float:
    return 0.0 if value is None else float(value)


def _plain(value: float) -> str:
    text = f"{Decimal(str(round(value, 1))).normalize():,f}"
    return text.replace("-", "−")


def _bar(x: float, y: float, width: float, height: float, series: Series) -> str:
    bar = f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{series.colour}"/>'
    lines = "".join(
        f"M{x1:.1f},{y1:.1f}L{x2:.1f},{y2:.1f}"
        for x1, y1, x2, y2 in _hatching(x, y, width, height, series.pattern)
    )
    return bar + (f'<path d="{lines}" stroke="#ffffff" stroke-width="1.2"/>' if lines else "")


def _hatching(
    x: float, y: float, width: float, height: float, pattern: str
) -> Iterator[tuple[float, float, float, float]]:
    """White lines over a bar, cut at its edges. Not an SVG pattern: in a PDF each of those becomes a bitmap."""
    if pattern == "/":
        for place in range(1, int((width + height) / _HATCH) + 1):
            reach = place * _HATCH
            left, right = max(0.0, reach - height), min(width, reach)
            yield x + left, y + reach - left, x + right, y + reach - right
    elif pattern:
        for place in range(1, int(height / _HATCH) + 1):
            level = y + height - place * _HATCH + _HATCH / 2
            yield x, level, x + width, level


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, *, dashed: bool = False) -> str:
    dash = ' stroke-dasharray="4 3"' if dashed else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"{dash}/>'


def _text(x: float, y: float, text: str, colour: str, anchor: str = "start", *, halo: bool = False) -> str:
    around = ' stroke="#ffffff" stroke-width="3" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}"{around}>{escape(text)}</text>'
    )
