"""The calendar file: what a calendar program on a clerk's desk makes of it.

A failure means that a reminder comes on another day, twice, or not at all, or that the file changes although
nothing has.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from icalendar import Calendar

from dagster_project.filing.calendar_file import STATES, calendar_bytes, write_calendar
from dagster_project.filing.due import Due
from dagster_project.filing.states import Phase
from reports.submissions.kinds import KINDS

AS_OF = date(2026, 11, 20)
PLAN = Due(
    body_id="B1", body_name="甲认证，有限公司; “北京”", kind="audit_plan", period=None, subject_type="audit",
    subject_id="A1", recipient="CNCA", clause="9.2", due_on=date(2026, 11, 30), days_left=10,
    prepare_from_on=date(2026, 11, 23), state="due",
)  # fmt: skip
MONTH = replace(
    PLAN, kind="monthly", period="2026-10", subject_type="body", subject_id="B1", clause="9.3",
    due_on=date(2026, 11, 10), days_left=-10, state="overdue",
)  # fmt: skip


def events(*rows: Due) -> list[Calendar]:
    return list(Calendar.from_ical(calendar_bytes(rows, AS_OF)).walk("VEVENT"))


def test_an_event_lies_on_the_due_day_all_day() -> None:
    (event,) = events(PLAN)
    assert event.decoded("dtstart") == date(2026, 11, 30)
    assert event.decoded("dtend") == date(2026, 12, 1)
    assert event.decoded("summary") == "上报截止：审核计划，1 次审核　甲认证，有限公司; “北京”"


def test_it_reminds_at_nine_some_days_before_and_not_of_what_is_late() -> None:
    (event,) = events(PLAN)
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(hours=9) - timedelta(days=KINDS["audit_plan"].remind_days)
    (late,) = events(MONTH)
    assert late.walk("VALARM") == []
    assert late.decoded("summary").startswith("【逾期】")


def test_one_event_for_one_file_however_far_its_subjects_are() -> None:
    rejected = replace(PLAN, subject_id="A2", state="rejected")
    (event,) = events(PLAN, rejected)
    description = event.decoded("description")
    assert "未生成 1 项" in description
    assert "被退回，待更正 1 项" in description
    assert "A1、A2" in description


def test_an_obligation_keeps_its_identity_when_its_state_changes() -> None:
    """Else a subscribed calendar would show it twice."""
    uids = {
        str(events(row)[0]["uid"])
        for row in (PLAN, replace(PLAN, state="approved"), replace(PLAN, subject_id="A7"))
    }
    assert len(uids) == 1
    others = {str(event["uid"]) for event in events(PLAN, MONTH, replace(PLAN, body_id="B2"))}
    assert len(others) == 3


def test_the_same_obligations_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (
        write_calendar([PLAN, MONTH], AS_OF, tmp_path / name).read_bytes() for name in ("a.ics", "b/b.ics")
    )
    assert first == second
    assert b"DTSTAMP:20261120T000000Z" in first
    assert b"\r\n" in first
    assert max(len(line) for line in first.split(b"\r\n")) <= 75, "longer lines are for no calendar program"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ics", "b"]


def test_an_unknown_due_day_has_no_event() -> None:
    assert events(replace(PLAN, due_on=None, days_left=None, state="undetermined")) == []


def test_every_state_has_its_words() -> None:
    assert {str(phase) for phase in Phase} - set(STATES) == {"accepted", "partly_accepted"}
