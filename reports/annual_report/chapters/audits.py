"""Audits done, by type and month, with their person-days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from reports.annual_report.asking import Asking
from reports.annual_report.chart import Chart, Series
from reports.annual_report.model import Chapter, Column, Figure, KeyFigure, Quantity, Table, say
from reports.figures import style
from reports.labels import AUDIT_TYPE

SOURCE = "marts.fct_audit"
_DONE = (
    f"from {SOURCE} where body_id = $body and is_itsms and is_done and actual_end between $first and $last"
)
_MEASURES = (
    "count(*), coalesce(sum(onsite_days), 0), coalesce(sum(total_days), 0), count(*) - count(onsite_days)"
)
_LOOK = {
    "stage1": (style.FORECAST, "/"),
    "stage2": (style.GOOD, ""),
    "surveillance": ("#7b5ea7", ""),
    "recertification": (style.WARNING, "/"),
    "special": (style.UNKNOWN, "."),
}


def chapter(asking: Asking) -> Chapter:
    (now, before) = asking.pair(f"select {_MEASURES} {_DONE}")
    monthly = _monthly(asking)
    stopped = asking.row(
        f"select count(*) filter (where status = 'terminated'), count(*) filter (where status = 'cancelled')"
        f" from {SOURCE} where body_id = $body and is_itsms and planned_start between $first and $last"
    )
    planned = asking.row(
        f"select count(*), coalesce(sum(onsite_days), 0) from {SOURCE}"
        " where body_id = $body and is_itsms and status = 'planned' and planned_start > $last"
    )
    blocks: list[Any] = [
        say(
            "本期完成 ITSMS 审核 {audits}，现场审核 {onsite}，审核时间共 {total}。"
            "计划在本期而终止的审核 {terminated}，取消的 {cancelled}。",
            audits=Quantity(now[0], "次"),
            onsite=Quantity(now[1], "人日"),
            total=Quantity(now[2], "人日"),
            terminated=Quantity(stopped[0], "次"),
            cancelled=Quantity(stopped[1], "次"),
        )
    ]
    if now[3]:
        blocks.append(say("其中 {missing}没有记录现场人日，未计入人日。", missing=Quantity(now[3], "次")))
    if asking.period.last_on == asking.as_of:
        blocks.append(
            say(
                "截止日之后已计划 {planned}，现场 {days}。",
                planned=Quantity(planned[0], "次"),
                days=Quantity(planned[1], "人日"),
            )
        )
    return Chapter(
        slug="audits",
        title="审核与人日",
        key_figures=(
            KeyFigure("audits", "完成 ITSMS 审核", "次", now[0], before[0]),
            KeyFigure("onsite_days", "现场审核", "人日", now[1], before[1]),
        ),
        blocks=(*blocks, _by_type(asking), _chart(monthly), monthly),
    )


def _by_type(asking: Asking) -> Table:
    found = asking.keyed_pair(f"select audit_type, {_MEASURES} {_DONE} group by 1")
    rows: list[tuple[Any, ...]] = []
    zeros = (0, Decimal(0), Decimal(0), 0)
    for kind, label in AUDIT_TYPE.items():
        now, before = found.get(kind, (zeros, zeros if asking.before else None))
        rows.append((label, *now[:3], _mean(now), *(before[:2] if before else (None, None))))
    count, onsite, whole = (sum(row[place] for row in rows) for place in (1, 2, 3))
    earlier = [None if rows[0][place] is None else sum(row[place] for row in rows) for place in (5, 6)]
    rows.append(("合计", count, onsite, whole, _mean((count, onsite)), *earlier))
    return Table(
        name="audits_by_type",
        title="ITSMS 审核按类型",
        columns=(
            Column("type", "审核类型", number=False),
            Column("audits", "完成", "次"),
            Column("onsite", "现场", "人日"),
            Column("total", "审核时间", "人日"),
            Column("mean", "平均现场", "人日/次"),
            Column("before", "上年同期完成", "次"),
            Column("onsite_before", "上年同期现场", "人日"),
        ),
        rows=tuple(rows),
        totals=(-1,),
        source=SOURCE,
        note="按审核结束日期归入年度；人日为 ITSMS 部分。",
    )


def _mean(measures: tuple[Any, ...]) -> Decimal | None:
    return Decimal(measures[1]) / measures[0] if measures[0] else None


def _monthly(asking: Asking) -> Table:
    found: dict[Any, dict[str, Any]] = {}
    for month, kind, days in asking.rows(
        f"select cast(date_trunc('month', actual_end) as date), audit_type, coalesce(sum(onsite_days), 0)"
        f" {_DONE} group by 1, 2"
    ):
        found.setdefault(month, {})[kind] = days
    counts: dict[date, int] = dict(
        asking.rows(f"select cast(date_trunc('month', actual_end) as date), count(*) {_DONE} group by 1")
    )
    rows: list[tuple[Any, ...]] = []
    for month in asking.period.months:
        days = [found.get(month, {}).get(kind, Decimal(0)) for kind in AUDIT_TYPE]
        rows.append((f"{month:%m} 月", counts.get(month, 0), *days, sum(days, start=Decimal(0))))
    rows.append(("合计", *(sum(row[place] for row in rows) for place in range(1, len(AUDIT_TYPE) + 3))))
    return Table(
        name="audits_monthly",
        title="ITSMS 审核分月：次数与现场人日",
        columns=(
            Column("month", "月份", number=False),
            Column("audits", "完成", "次"),
            *(Column(kind, label.removesuffix("审核"), "人日") for kind, label in AUDIT_TYPE.items()),
            Column("days", "现场合计", "人日"),
        ),
        rows=tuple(rows),
        totals=(-1,),
        source=SOURCE,
    )


def _chart(monthly: Table) -> Figure:
    return Figure(
        name="days",
        title="ITSMS 每月现场人日",
        chart=Chart(
            kind="columns",
            categories=monthly.names("month"),
            unit="人日",
            series=tuple(
                Series(label, monthly.numbers(kind), *_LOOK[kind])
                for kind, label in AUDIT_TYPE.items()
                if any(monthly.column(kind))
            ),
        ),
        source=SOURCE,
        words="按审核结束的月份。",
    )
