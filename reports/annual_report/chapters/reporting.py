"""Reports to the authority (chapter 9) that fell due in the year: in time, late, missing."""

from __future__ import annotations

from typing import Any

from reports.annual_report.asking import Asking, share
from reports.annual_report.model import Chapter, Column, Decision, KeyFigure, Quantity, Table, say
from reports.labels import DEADLINE_KIND

SOURCE = "marts.fct_submission_deadline"
_COUNTS = """
    count(*),
    count(*) filter (where done_on <= due_on),
    count(*) filter (where done_on > due_on),
    count(*) filter (where done_on is null and state = 'breach'),
    count(*) filter (where done_on is null and state not in ('breach', 'undetermined')),
    count(*) filter (where state = 'undetermined')"""
_OURS = f"from {SOURCE} where body_id = $body and due_on between $first and $last"


def chapter(asking: Asking) -> Chapter:
    now, before = asking.pair(f"select {_COUNTS} {_OURS}")
    decisions: tuple[Decision, ...] = ()
    if now[3]:
        decisions = (
            Decision(
                "breach",
                say("{missing}应向国家认监委上报而逾期未报（条款 9）。", missing=Quantity(now[3], "项")),
                "指定责任人立即补报，并说明逾期原因。",
                "reporting",
            ),
        )
    return Chapter(
        slug="reporting",
        title="上报及时性",
        key_figures=(
            KeyFigure("reported_in_time", "上报按期率", "%", _rate(now), _rate(before)),
            KeyFigure(
                "unreported", "逾期未报", "项", now[3], before[3], tone="breach" if now[3] else "plain"
            ),
        ),
        decisions=decisions,
        blocks=(
            say(
                "本期到期的上报 {due}：按期 {in_time}，迟报 {late}，逾期未报 {missing}。只有被接收的上报才算完成。",
                due=Quantity(now[0], "项"),
                in_time=Quantity(now[1], "项"),
                late=Quantity(now[2], "项"),
                missing=Quantity(now[3], "项"),
            ),
            _by_kind(asking, now, before),
        ),
    )


def _rate(counts: Any) -> Any:
    """In time out of what is decided: open and undetermined ones are left out."""
    return None if counts[0] is None else share(counts[1], counts[1] + counts[2] + counts[3])


def _by_kind(asking: Asking, now: Any, before: Any) -> Table:
    found = asking.keyed_pair(f"select kind, {_COUNTS} {_OURS} group by 1")
    rows: list[tuple[Any, ...]] = []
    zeros = (0,) * 6
    for kind, label in DEADLINE_KIND.items():
        this, last = found.get(kind, (zeros, zeros if asking.before else None))
        rows.append(
            (
                label,
                *this,
                _rate(this),
                None if last is None else last[0],
                None if last is None else _rate(last),
            )
        )
    rows.append(("合计", *now, _rate(now), before[0], _rate(before)))
    return Table(
        name="reporting",
        title="本期到期的上报",
        columns=(
            Column("kind", "事项", number=False),
            Column("due", "到期", "项"),
            Column("in_time", "按期", "项"),
            Column("late", "迟报", "项"),
            Column("missing", "逾期未报", "项"),
            Column("open", "待报", "项"),
            Column("undetermined", "无法判定", "项"),
            Column("rate", "按期率", "%"),
            Column("due_before", "上年同期到期", "项"),
            Column("rate_before", "上年同期按期率", "%"),
        ),
        rows=tuple(rows),
        totals=(-1,),
        source=SOURCE,
        note="自规则施行起的义务。按期率 = 按期 ÷（按期＋迟报＋逾期未报）。",
    )
