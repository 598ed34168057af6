"""What is due as an iCalendar file (RFC 5545) that any calendar program can subscribe to.

One all-day event per file that is to be sent, on its due day, with an alarm some days before. The same
obligations give the same bytes: the only time in it is the warehouse's day. It names bodies, audits,
certificates and events by their ids, and no person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from dagster_project.filing.due import Due, DueGroup, grouped
from ingestion import hashing
from ingestion.placing import place_file
from reports.submissions.kinds import KINDS

STATES = {
    "overdue": "已逾期，未生成",
    "due": "未生成",
    "foreseen": "尚不能生成",
    "undetermined": "期限无法确定",
    "prepared": "已生成，待校验",
    "checked": "已校验，待批准",
    "half_approved": "已有一人批准",
    "approved": "已批准，待报送",
    "sent": "已报送，待回执",
    "rejected": "被退回，待更正",
}
_UNITS = {"audit": "次审核", "certificate": "张证书", "event": "项变化"}

_NINE = timedelta(hours=9)
_SUBJECTS_SHOWN = 30


def calendar_bytes(rows: Sequence[Due], as_of: date) -> bytes:
    """The file's content. What has no known due day has no event."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//certhouse//submissions//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "上报日历")
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    for group in grouped([row for row in rows if row.due_on is not None], by_state=False):
        calendar.add_component(_event(group, as_of))
    content: bytes = calendar.to_ical()
    return content


def write_calendar(rows: Sequence[Due], as_of: date, path: Path) -> Path:
    """Write the file whole or not at all; return its path."""
    return place_file(path, calendar_bytes(rows, as_of))


def _event(group: DueGroup, as_of: date):  # type: ignore[no-untyped-def]  # icalendar is imported where it is needed
    from icalendar import Alarm, Event

    first = group.first
    assert first.due_on is not None
    event = Event()
    event.add("uid", _uid(first))
    event.add("dtstamp", datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC))
    event.add("dtstart", first.due_on)
    event.add("dtend", first.due_on + timedelta(days=1))
    event.add("summary", _summary(group))
    event.add("description", "\n".join(_description(group)))
    event.add("categories", [KINDS[first.kind].label_zh])
    event.add("transp", "TRANSPARENT")
    event.add("class", "CONFIDENTIAL")
    if not first.is_overdue:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _summary(group))
        alarm.add("trigger", _NINE - timedelta(days=KINDS[first.kind].remind_days))
        event.add_component(alarm)
    return event


def _uid(first: Due) -> str:
    """The same obligation keeps its event in a subscribed calendar, whatever becomes of it."""
    parts = (first.body_id, first.kind, first.period or str(first.due_on), first.recipient)
    return f"{hashing.of_text('|'.join(parts))[:32]}@certhouse"


def _summary(group: DueGroup) -> str:
    first = group.first
    what = f"{KINDS[first.kind].label_zh}{f' {first.period}' if first.period else ''}"
    to = f"（{first.recipient}）" if KINDS[first.kind].is_for_each_recipient else ""
    late = "【逾期】" if first.is_overdue else ""
    return f"{late}上报截止：{what}{to}{_count(group)}　{first.body_name or first.body_id}"


def _count(group: DueGroup) -> str:
    unit = next((_UNITS[row.subject_type] for row in group.rows if row.subject_type in _UNITS), None)
    return f"，{len(group.subjects)} {unit}" if unit else ""


def _description(group: DueGroup) -> Iterable[str]:
    first = group.first
    clauses = "、".join(dict.fromkeys(row.clause for row in group.rows))
    yield f"依据：{clauses}；接收单位：{first.recipient}"
    states: dict[str, int] = {}
    for row in group.rows:
        states[row.state] = states.get(row.state, 0) + 1
    yield "状态：" + "；".join(f"{STATES[state]} {count} 项" for state, count in states.items())
    if group.subjects:
        more = " 等" if len(group.subjects) > _SUBJECTS_SHOWN else ""
        yield f"对象：{'、'.join(group.subjects[:_SUBJECTS_SHOWN])}{more}"
