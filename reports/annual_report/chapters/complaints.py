"""Appeals and complaints received in the year: answered in time, late, still open (clause 8.3)."""

from __future__ import annotations

from typing import Any

from reports.annual_report.asking import Asking
from reports.annual_report.model import Chapter, Column, Decision, KeyFigure, Quantity, Table, say
from reports.annual_report.names import COMPLAINT_KIND

SOURCE = "marts.fct_complaint"
_COUNTS = """
    count(*),
    count(*) filter (where notified_on <= due_on),
    count(*) filter (where notified_on > due_on),
    count(*) filter (where notified_on is null and state = 'breach'),
    count(*) filter (where notified_on is null and state <> 'breach'),
    cast(avg(days_taken) filter (where notified_on is not null) as decimal(18, 6))"""
_OURS = f"from {SOURCE} where body_id = $body and received_on between $first and $last"


def chapter(asking: Asking) -> Chapter:
    now, before = asking.pair(f"select {_COUNTS} {_OURS}")
    table = _by_kind(asking, now, before)
    decisions: tuple[Decision, ...] = ()
    if now[3]:
        decisions = (
            Decision(
                "breach",
                say("{overdue}超过答复期限仍未答复（条款 8.3）。", overdue=Quantity(now[3], "件申诉、投诉")),
                "指定与该事项无关的人员立即处理并书面答复。",
                "complaints",
            ),
        )
    return Chapter(
        slug="complaints",
        title="申诉与投诉",
        key_figures=(KeyFigure("complaints", "收到申诉与投诉", "件", now[0], before[0]),),
        decisions=decisions,
        blocks=(
            say(
                "本期收到申诉与投诉 {received}：按期答复 {in_time}，逾期答复 {late}，逾期未答复 {overdue}，期限内待答复 {open}。",
                received=Quantity(now[0], "件"),
                in_time=Quantity(now[1], "件"),
                late=Quantity(now[2], "件"),
                overdue=Quantity(now[3], "件"),
                open=Quantity(now[4], "件"),
            ),
            table,
        ),
    )


def _by_kind(asking: Asking, now: Any, before: Any) -> Table:
    found = asking.keyed_pair(f"select kind, {_COUNTS} {_OURS} group by 1")
    zeros = (0, 0, 0, 0, 0, None)
    rows: list[tuple[Any, ...]] = []
    for kind, label in COMPLAINT_KIND.items():
        this, last = found.get(kind, (zeros, zeros if asking.before else None))
        rows.append((label, *this[:5], this[5] or None, None if last is None else last[0]))
    rows.append(("合计", *now, before[0]))
    return Table(
        name="complaints",
        title="申诉与投诉的处理",
        columns=(
            Column("kind", "类型", number=False),
            Column("received", "收到", "件"),
            Column("in_time", "按期答复", "件"),
            Column("late", "逾期答复", "件"),
            Column("overdue", "逾期未答复", "件"),
            Column("open", "期限内待答复", "件"),
            Column("days", "平均答复用时", "天"),
            Column("before", "上年同期收到", "件"),
        ),
        rows=tuple(rows),
        totals=(-1,),
        source=SOURCE,
        note="按收到日期归入年度；ITSMS 审核引起的和未指明审核的。期限见条款 8.3。",
    )
