"""Parts of the annual report without a warehouse: numbers as text, days, charts, bytes of a PDF."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from reports.annual_report.chart import Chart, Limit, Series
from reports.annual_report.model import Column, Quantity, Table, say, shown, signed
from reports.annual_report.pdf import dated
from reports.annual_report.period import Period, YearRefused, period_of
from reports.annual_report.plot import drawn, figure_of


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234567, "1,234,567"),
        (-3, "−3"),
        (Decimal("3339.000000"), "3,339"),
        (Decimal("0.125"), "0.13"),
        (Decimal("-7.5"), "−7.5"),
        (None, "—"),
        (date(2026, 3, 1), "2026-03-01"),
    ],
)
def test_a_value_is_shown_in_one_way(value: object, text: str) -> None:
    """Breaks when two renderers could show one number differently, or a rounding goes to even."""
    assert shown(value) == text  # type: ignore[arg-type]


def test_a_change_has_its_sign_and_a_total_none() -> None:
    """Breaks when a stock at the foot of a table looks like a growth."""
    table = Table(
        "t", "t", (Column("a", "a", "张", is_change=True),), ((2,), (-2,), (0,), (9,)), "s", totals=(-1,)
    )
    assert table.texts() == [["+2"], ["−2"], ["0"], ["9"]]
    assert signed(None) == "—"


def test_a_unit_is_said_once_or_with_every_number() -> None:
    """Breaks when a number stands in a table without its unit."""
    same = Table("t", "数", (Column("a", "甲", "张"), Column("b", "乙", "张")), ((1, 2),), "s")
    mixed = Table("t", "数", (Column("a", "甲", "张"), Column("b", "乙", "人")), ((1, 2),), "s")
    assert same.caption == "数（单位：张）"
    assert [same.heading(column) for column in same.columns] == ["甲", "乙"]
    assert mixed.caption == "数"
    assert [mixed.heading(column) for column in mixed.columns] == ["甲（张）", "乙（人）"]


def test_words_carry_their_numbers() -> None:
    assert say("共 {n}。", n=Quantity(1200, "张")).text == "共 1,200 张。"


def test_a_year_is_compared_with_the_same_days() -> None:
    """Breaks when a running year is held against a whole one, or a leap day has no counterpart."""
    assert period_of(2028, date(2028, 2, 29)).before() == Period(date(2027, 1, 1), date(2027, 2, 28))
    assert period_of(2025, date(2026, 11, 15)) == Period(date(2025, 1, 1), date(2025, 12, 31))
    assert period_of(2026, date(2026, 1, 1)).months == (date(2026, 1, 1),)


def test_a_year_to_come_is_refused_with_advice() -> None:
    with pytest.raises(YearRefused, match="ask for 2026"):
        period_of(2027, date(2026, 12, 31))


def _chart(kind: str, *series: Series, limits: tuple[Limit, ...] = ()) -> Chart:
    return Chart(kind, ("一", "二"), series, "张", limits)  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "length"), [("columns", "y"), ("rows", "x")])
def test_a_figure_has_the_numbers_of_its_chart(kind: str, length: str) -> None:
    """Breaks when a bar is not as long as its number, or nothing is drawn as something."""
    chart = _chart(
        kind, Series("甲", (Decimal("0.5"), 20), "#000001"), Series("乙", (0, None), "#000002", "/")
    )
    first, second = figure_of(chart).data
    assert list(first[length]) == [0.5, 20]
    assert list(second[length]) == [None, None]
    assert list(first["x" if length == "y" else "y"]) == ["一", "二"]


def test_series_are_told_apart_without_colour_and_without_bitmaps() -> None:
    """Breaks when two looks differ by colour only, or use a pattern, which becomes a bitmap in a PDF."""
    series = [Series(pattern or "s", (3, 4), "#804020", pattern) for pattern in ("", "/", ".")]
    filled, outlined, narrow = figure_of(_chart("columns", *series)).data
    assert filled.marker.color == "#804020"
    assert outlined.marker.color == narrow.marker.color == "#dfcfc7"
    assert outlined.marker.line.color == "#804020"
    assert narrow.width < outlined.width == filled.width
    assert all(trace.marker.pattern.shape is None for trace in (filled, outlined, narrow))


@pytest.mark.parametrize("kind", ["columns", "rows"])
def test_a_limit_is_in_the_picture(kind: str) -> None:
    """Breaks when bars below the limit push its line out of the picture."""
    limit = Limit(Decimal(50), "上限 <50>", is_dashed=True)
    figure = figure_of(_chart(kind, Series("甲", (3, 4), "#000001"), limits=(limit,)))
    axis = figure.layout.yaxis if kind == "columns" else figure.layout.xaxis
    assert axis.range[0] <= 0 < 50 < axis.range[1]
    (line,) = figure.layout.shapes
    assert line.line.dash == "dash"
    assert "上限 &lt;50&gt;" in [note.text for note in figure.layout.annotations]


def test_bars_below_the_line_have_room() -> None:
    """Breaks when what leaves falls out of the picture."""
    chart = _chart("columns", Series("甲", (40, 20), "#000001"), Series("乙", (-10, -7), "#000002"))
    low, high = figure_of(chart).layout.yaxis.range
    assert low < -10
    assert high > 40


def test_a_chart_of_nothing_is_drawn_and_the_same_again() -> None:
    """Breaks when a body without records ends the report, or a figure has a number by chance."""
    for kind in ("columns", "rows"):
        chart = _chart(kind, Series("甲", (0, None), "#000001"))
        assert json.dumps(drawn(chart)) == json.dumps(drawn(chart))
        assert drawn(Chart(kind, (), (), "张"))["layout"]["height"] > 50  # type: ignore[arg-type]


def test_the_dates_of_a_pdf_are_the_datas() -> None:
    """Breaks when a second printing of the same report has other bytes or other offsets."""
    printed = b"/CreationDate (D:20301224101112+00'00')\n/ModDate (D:20301224101113+00'00')>>"
    found = dated(printed, date(2026, 11, 15))
    assert found == b"/CreationDate (D:20261115000000+00'00')\n/ModDate (D:20261115000000+00'00')>>"
    assert len(found) == len(printed)
