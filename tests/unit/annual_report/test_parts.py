"""Parts of the annual report without a warehouse: numbers as text, days, charts, bytes of a PDF."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from reports.annual_report.chart import Chart, Limit, Series
from reports.annual_report.model import Column, Quantity, Table, say, shown, signed
from reports.annual_report.pdf import dated
from reports.annual_report.period import Period, YearRefused, period_of
from reports.annual_report.svg import draw, ticks

_SVG = "{http://www.w3.org/2000/svg}"


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


@pytest.mark.parametrize("kind", ["columns", "rows"])
def test_bars_are_as_long_as_their_numbers(kind: str) -> None:
    """Breaks when a bar's length is not in proportion, be it stacked, hatched or below the line."""
    below = -10 if kind == "columns" else 10
    chart = _chart(kind, Series("甲", (40, 20), "#000001"), Series("乙", (below, None), "#000002", "/"))
    root = ElementTree.fromstring(draw(chart, "c", "图"))  # noqa: S314 - our own drawing
    side = "height" if kind == "columns" else "width"
    lengths = {
        colour: [float(bar.attrib[side]) for bar in root.iter(f"{_SVG}rect") if bar.attrib["fill"] == colour][
            1:
        ]
        for colour in ("#000001", "#000002")
    }
    assert len(lengths["#000001"]) == 2
    assert len(lengths["#000002"]) == 1, "nothing is drawn for a number that is not there"
    assert lengths["#000001"][0] == pytest.approx(2 * lengths["#000001"][1], abs=0.2)
    assert lengths["#000001"][0] == pytest.approx(4 * lengths["#000002"][0], abs=0.4)


def test_hatching_stays_inside_its_bar() -> None:
    """Breaks when the lines of one bar run over its neighbour."""
    root = ElementTree.fromstring(draw(_chart("columns", Series("甲", (30, 4), "#000001", "/")), "c", "图"))  # noqa: S314
    bars = [
        {key: float(bar.attrib[key]) for key in ("x", "y", "width", "height")}
        for bar in root.iter(f"{_SVG}rect")
    ]
    paths = [path.attrib["d"] for path in root.iter(f"{_SVG}path")]
    assert len(paths) == len(bars) == 2
    for bar, path in zip(bars, paths, strict=True):
        for x, y in re.findall(r"([\d.]+),([\d.]+)", path):
            assert bar["x"] - 0.2 <= float(x) <= bar["x"] + bar["width"] + 0.2
            assert bar["y"] - 0.2 <= float(y) <= bar["y"] + bar["height"] + 0.2


def test_a_limit_is_in_the_picture() -> None:
    """Breaks when bars below the limit push its line out of the picture."""
    chart = _chart("columns", Series("甲", (3, 4), "#000001"), limits=(Limit(Decimal(50), "上限 50"),))
    root = ElementTree.fromstring(draw(chart, "c", "图"))  # noqa: S314
    (label,) = [text for text in root.iter(f"{_SVG}text") if text.text == "上限 50"]
    assert 0 < float(label.attrib["y"]) < float(root.attrib["height"])


def test_a_chart_of_nothing_is_drawn() -> None:
    """Breaks when a body without records ends the report."""
    for kind in ("columns", "rows"):
        assert draw(_chart(kind, Series("甲", (0, None), "#000001")), "c", "<图>").count("&lt;图&gt;") == 1
        assert draw(Chart(kind, (), (), "张"), "c", "图")  # type: ignore[arg-type]


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0, 3), (-43, 77), (0, 0.4), (0, 98765), (-2, 0)])
def test_ticks_hold_what_they_measure(low: float, high: float) -> None:
    found = ticks(low, high)
    assert found[0] <= low
    assert found[-1] >= high
    assert 2 <= len(found) <= 8
    assert 0 in found


def test_the_dates_of_a_pdf_are_the_datas() -> None:
    """Breaks when a second printing of the same report has other bytes or other offsets."""
    printed = b"/CreationDate (D:20301224101112+00'00')\n/ModDate (D:20301224101113+00'00')>>"
    found = dated(printed, date(2026, 11, 15))
    assert found == b"/CreationDate (D:20261115000000+00'00')\n/ModDate (D:20261115000000+00'00')>>"
    assert len(found) == len(printed)
