"""Figures of the planning pages: what is drawn is what was counted, and a mark leads to exactly its records."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import duckdb
import pandas as pd

from reports.figures import (
    auditor_crossings,
    auditor_distribution,
    auditor_year,
    capacity_over_time,
    full_time_auditors,
    scope_capacity,
    surveillance_by,
    surveillance_calendar,
    surveillance_plan,
)
from reports.labels import SURVEILLANCE_HORIZON
from tests.support.published import write_published


def led(address: str, table: str) -> dict[str, str]:
    """The filters of a mark's address."""
    wanted = {key: value[0] for key, value in parse_qs(address).items()}
    assert wanted.pop("go") == table
    return {key.removeprefix(f"{table}."): value for key, value in wanted.items()}


def test_every_horizon_has_its_bar_and_unplanned_is_urgent_only_when_near() -> None:
    """Half a year ahead nothing needs to be planned yet: drawn as an alarm it would drown the thirty days."""
    frame = pd.DataFrame(
        {
            "horizon": ["overdue", "far"],
            "none_urgent": [4, 0],
            "lapsed": 0,
            "late": 0,
            "in_time": [0, 9],
            "none_later": [0, 7],
        }
    )
    table = surveillance_plan.DRAWING.summarise(frame)
    assert table["horizon"].tolist() == list(SURVEILLANCE_HORIZON)
    figure = surveillance_plan.draw(table)
    urgent, later = figure.data[0], figure.data[-1]
    assert urgent.marker.color != later.marker.color
    assert led(urgent.customdata[0], "surveillance") == {
        "horizon": "overdue",
        "plan_state": "none",
        "in_force": "yes",
    }
    assert "未安排 4 次" in surveillance_plan.DRAWING.describe(table)


def calendar(*rows: tuple[str, str, str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["kind", "on", "month", "day", "links"])


def test_a_cell_of_the_calendar_is_a_day() -> None:
    """A due day filters the list by due day, a planned one by the plan's first day; months between stay as rows."""
    table = surveillance_calendar.DRAWING.summarise(
        calendar(
            ("overdue", "2026-10-31", "2026-10", "31", 2),
            ("due", "2026-12-01", "2026-12", "01", 3),
            ("planned", "2026-12-01", "2026-12", "01", 1),
            ("older", "更早", "更早", "", 5),
        )
    )
    figure = surveillance_calendar.draw(table)
    overdue, due, planned = figure.data
    assert figure.layout.yaxis.categoryarray == ("2026-10", "2026-11", "2026-12")
    assert figure.layout.xaxis.categoryarray == tuple(f"{day:02}" for day in range(1, 32))
    at = list(due.z).index(3)
    assert (due.x[at], due.y[at]) == ("01", "2026-12")
    assert led(due.customdata[at], "surveillance") == {"due_on": "2026-12-01", "in_force": "yes"}
    at = list(planned.z).index(1)
    assert led(planned.customdata[at], "surveillance") == {"planned_start": "2026-12-01", "in_force": "yes"}
    assert [value for value in overdue.z if value is not None] == [2]
    assert "另有 5 次" in surveillance_calendar.DRAWING.describe(table)


def test_a_calendar_without_plans_or_without_anything_due() -> None:
    for row in (("due", "2026-12-01", "2026-12", "01", 3), ("planned", "2026-12-01", "2026-12", "01", 1)):
        table = surveillance_calendar.DRAWING.summarise(calendar(row))
        assert surveillance_calendar.draw(table).layout.height > 0


def test_leaders_with_the_most_come_first_and_lead_to_their_own() -> None:
    sums = {f"due_{horizon}": [0, 0] for horizon in SURVEILLANCE_HORIZON}
    frame = pd.DataFrame(
        {
            "leader_id": ["P1", "P2"],
            "leader_group": ["full_time", "inactive"],
            **sums,
            "due_near": [1, 4],
            "total": [1, 4],
        }
    )
    table = surveillance_by.BY_LEADER.summarise(frame)
    assert table["leader_id"].tolist() == ["P2", "P1"]
    figure = surveillance_by.BY_LEADER.draw(table)
    assert figure.data[1].y[0] == "P2（已不在岗）"
    assert led(figure.data[1].customdata[0], "surveillance") == {
        "leader_id": "P2",
        "horizon": "near",
        "in_force": "yes",
    }


def crossing(person: str, level: str, on: str, forecast: str, days: float) -> dict[str, Any]:
    return {
        "body_id": "B1",
        "person_id": person,
        "level": level,
        "crossed_on": on,
        "is_forecast": forecast,
        "window_days": days,
        "as_of": "2026-11-15",
    }


def test_who_will_pass_the_limit_first_stands_on_top() -> None:
    table = auditor_crossings.DRAWING.summarise(
        pd.DataFrame(
            [
                crossing("P1", "limit", "2026-03-01", "no", 181),
                crossing("P2", "limit", "2027-02-01", "yes", 180.5),
                crossing("P3", "limit", "2027-01-05", "yes", 181),
                crossing("P3", "warning", "2026-09-09", "no", 160.5),
            ]
        )
    )
    assert list(dict.fromkeys(table["person_id"])) == ["P3", "P2", "P1"]
    words = auditor_crossings.DRAWING.describe(table)
    assert "超过上限的 1 人" in words
    assert "将超过上限的 2 人，最早为 P3（2027-01-05）" in words
    figure = auditor_crossings.draw(table)
    assert {trace.name for trace in figure.data} == {"已超过上限", "预计超过上限", "已越过预警线"}


def test_a_range_holds_its_upper_end(tmp_path: Path) -> None:
    """180 days are no breach: they may not stand in the range that begins above the limit."""
    warehouse = write_published(tmp_path / "published.duckdb")
    with duckdb.connect(str(warehouse)) as connection:
        found = connection.execute("select rolling_max_days, load_range from pages.page_auditor").fetchall()
    assert {float(days) for days, _ in found} >= {180.0, 182.0}
    for days, load_range in found:
        assert load_range in auditor_distribution.RANGES
        below, _, above = load_range.partition("–")
        assert load_range in ("0", ">200") or float(below) < days <= float(above)
    assert "160–180" in {load_range for days, load_range in found if days == 180}


def test_ranges_without_people_stay() -> None:
    frame = pd.DataFrame({"load_range": ["0", "160–180"], "pass": [3, 0], "warning": [0, 1], "breach": 0})
    table = auditor_distribution.DRAWING.summarise(frame)
    assert table["load_range"].tolist() == list(auditor_distribution.RANGES)


def test_the_limit_of_the_year_is_that_of_the_warehouse() -> None:
    frame = pd.DataFrame(
        {"person_id": ["P1"], "done_days": [100.0], "planned_days": [90.0], "year_end_days": [190.0]}
    )
    figure = auditor_year.draw(auditor_year.DRAWING.summarise(frame.assign(limit_days=170.0)))
    assert [shape.x0 for shape in figure.layout.shapes] == [170.0]


def months(body: str, ratios: dict[str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "body_id": body,
            "body_name": f"<b>{body}</b>",
            "day_on": list(ratios),
            "ratio_itsms": pd.Series(list(ratios.values()), dtype=float),
            "ratio_all": 30.0,
            "valid_itsms": 1,
            "valid_all": 1,
            "itsms_auditors": 1,
            "itsms_auditors_full_time": 1,
            "all_auditors": 1,
            "limit_ratio": 50.0,
            "warning_ratio": 45.0,
        }
    )


def test_one_body_is_drawn_with_both_ratios_and_a_gap_where_there_was_nobody() -> None:
    """A line through days without auditors would show a ratio that never was."""
    table = capacity_over_time.DRAWING.summarise(
        months("B1", {"2026-09-30": 40.0, "2026-10-31": None, "2026-11-15": 51.0})
    )
    figure = capacity_over_time.draw(table)
    assert [trace.name for trace in figure.data] == ["ITSMS", "全部体系"]
    assert list(figure.data[0].y) == [40.0, None, 51.0]
    assert figure.data[0].connectgaps is False
    assert {shape.y0 for shape in figure.layout.shapes} == {50.0, 45.0}
    assert "2026-11-15 为 51.00" in capacity_over_time.DRAWING.describe(table)


def test_of_many_bodies_those_with_the_highest_ratio_are_drawn() -> None:
    """The body over the limit must not be the one that is left out, nor one without any auditor."""
    frames = [months(f"B{number:02}", {"2026-11-15": float(number)}) for number in range(20)]
    frames.append(months("B99", {"2026-11-15": None}))
    table = capacity_over_time.DRAWING.summarise(pd.concat(frames))
    figure = capacity_over_time.draw(table)
    assert len(figure.data) == capacity_over_time.LINES
    assert [trace.name for trace in figure.data][:2] == ["&lt;b&gt;B99&lt;/b&gt;", "&lt;b&gt;B19&lt;/b&gt;"]
    assert "21 家机构" in capacity_over_time.DRAWING.describe(table)


def test_bodies_with_the_fewest_full_time_auditors_come_first() -> None:
    frame = pd.DataFrame(
        {
            "body_id": ["B1", "B2"],
            "body_name": ["甲", "乙"],
            "itsms_auditors_full_time": [30, 9],
            "part_time": [0, 1],
            "state_full_time": ["pass", "breach"],
            "full_time_min": [10, 10],
        }
    )
    table = full_time_auditors.DRAWING.summarise(frame)
    assert table["body_name"].tolist() == ["乙", "甲"]
    figure = full_time_auditors.draw(table)
    assert list(figure.data[0].x) == [9, None]
    assert "不足 1 家" in full_time_auditors.DRAWING.describe(table)


def test_scopes_are_ordered_by_who_stays_and_all_of_them_are_counted() -> None:
    """Three today of whom two expire is nearer to a breach than two who stay."""
    rows = [("01.01", 3, 1, "warning"), ("01.02", 2, 2, "pass"), ("01.03", 1, 1, "breach")]
    rows += [(f"02.{number:02}", 9, 9, "pass") for number in range(30)]
    frame = pd.DataFrame(
        [
            {
                "body_id": "B1",
                "body_name": "甲",
                "scope_code": code,
                "professional_auditors": now,
                "professional_auditors_lasting": lasting,
                "expiring": now - lasting,
                "state": state,
                "required_auditors": 2,
            }
            for code, now, lasting, state in rows
        ]
    )
    table = scope_capacity.DRAWING.summarise(frame)
    assert table["scope_code"].tolist()[:3] == ["01.03", "01.01", "01.02"]
    assert len(table) == scope_capacity.SHOWN
    words = scope_capacity.DRAWING.describe(table)
    assert "共 33 项，专业审核员不足 1 项" in words
    assert "不续即不足 1 项" in words
