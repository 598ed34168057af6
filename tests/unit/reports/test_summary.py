"""What a figure's table is made of: sums, months without gaps, order, totals so far, sentences."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import pytest

from reports.columns import Column
from reports.dashboard.live_figure import live_payload
from reports.figures import marks
from reports.figures.drawing import Drawing
from reports.figures.marks import Drill, Take
from reports.figures.summary import Summary, Words

FRAME = pd.DataFrame(
    {
        "body_id": ["B1", "B2", "B1", "B1"],
        "region_code": ["110101", "310000", "110105", None],
        "month": ["2026-01", "2026-01", "2026-04", "2026-01"],
        "n": [2, 3, 1, 4],
    }
)
MONTHLY = Summary(keys=("month",), sums=("n",), months="month")


def test_months_without_rows_stand_in_between() -> None:
    assert MONTHLY(FRAME)["n"].tolist() == [9, 0, 0, 1]


def test_a_part_keeps_the_axis_of_the_whole() -> None:
    """The axis must not jump when the reader chooses a body."""
    part = FRAME[FRAME["body_id"] == "B2"]
    assert MONTHLY.within(part, FRAME)["n"].tolist() == [3, 0, 0, 0]


def test_running_totals_go_on_through_empty_months() -> None:
    summary = Summary(keys=("month",), sums=("n",), months="month", running=("n",))
    assert summary(FRAME)["n"].tolist() == [9, 9, 9, 10]


def test_what_is_nothing_is_left_out_and_the_most_come_first() -> None:
    summary = Summary(keys=("body_id",), sums=("n",), top=("n", 1))
    assert summary(FRAME)["body_id"].tolist() == ["B1"]
    assert summary.within(FRAME[FRAME["body_id"] == "B2"], FRAME)["body_id"].tolist() == ["B2"]


def test_fixed_values_stay_when_there_is_none() -> None:
    summary = Summary(keys=("body_id",), sums=("n",), fixed=("B3", "B1"))
    assert summary(FRAME)[["body_id", "n"]].values.tolist() == [["B3", 0], ["B1", 7]]


def test_a_ratio_over_nothing_is_nothing() -> None:
    frame = FRAME.assign(of=[4, 0, 0, 4])
    summary = Summary(keys=("body_id",), sums=("n", "of"), ratios={"share": ("n", "of")})
    shares = summary(frame)["share"]
    assert shares[0] == pytest.approx(7 / 8)
    assert pd.isna(shares[1])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("共 {n} 项", "共 1,010 项"),
        ("{#} 月，{#:month=2026-01} 个一月", "4 月，1 个一月"),
        ("一月 {n:month=2026-01}", "一月 1,009"),
        ("{first.month} {first.n} 到 {last.month} {last.n}", "2026-01 1,009 到 2026-04 1"),
    ],
)
def test_sentences(text: str, said: str) -> None:
    table = MONTHLY(pd.concat([FRAME, FRAME.assign(n=[1000, 0, 0, 0])]))
    assert Words(text)(table) == said


def test_nothing_has_its_own_sentence() -> None:
    assert Words("{n}", empty="没有。")(MONTHLY(FRAME.head(0))) == "没有。"


def _draw(table: pd.DataFrame) -> go.Figure:
    figure = go.Figure()
    take = Take(drill=Drill("list", {"month": "month"}, {"state": "x&y"}))
    marks.bar(figure, table, x="month", y="n", take=take, name="n")
    return figure


def test_a_live_figure_carries_rows_by_province_and_no_marks() -> None:
    """The browser filters by province: the county would only make the file larger."""
    drawing = Drawing(MONTHLY, _draw, Words("{n}"), (Column("month", "月份"),))
    payload = live_payload(FRAME, drawing, "")
    assert payload["follows"] == {"body": "body_id", "region": "region_code"}
    assert payload["rows"] == 4
    assert sum(payload["data"]["n"]["v"]) == 10
    assert "x" not in payload["figure"]["data"][0]
    assert "110101" not in str(payload)


def test_a_mark_that_cannot_be_redrawn_is_refused() -> None:
    """It would go on showing all bodies while the reader has chosen one."""

    def draw(table: pd.DataFrame) -> go.Figure:
        return _draw(table).add_bar(x=["2026-01"], y=[1])

    drawing = Drawing(MONTHLY, draw, Words("{n}"), (Column("month", "月份"),))
    with pytest.raises(ValueError, match="marks"):
        live_payload(FRAME, drawing, "")


def test_a_click_leads_to_the_records_of_its_mark() -> None:
    trace = _draw(MONTHLY(FRAME)).data[0]
    assert trace.customdata[3] == "go=list&list.month=2026-04&list.state=x%26y"


def test_markup_in_a_name_is_drawn_as_text() -> None:
    """plotly reads <b> and <a> in labels."""
    figure = go.Figure()
    marks.bar(figure, pd.DataFrame({"month": ["<a href='x'>甲</a>"], "n": [1]}), x="month", y="n")
    assert "<a" not in str(figure.data[0].x)
