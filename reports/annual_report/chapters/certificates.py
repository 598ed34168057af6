"""Certificates: the stock at the beginning, what came and went, the stock at the end."""

from __future__ import annotations

from typing import Any

from reports.annual_report.asking import Asking
from reports.annual_report.chapters.certificate_groups import by_region, by_scope, by_system
from reports.annual_report.chart import Chart, Number, Series
from reports.annual_report.model import (
    Chapter,
    Column,
    Figure,
    KeyFigure,
    Paragraph,
    Quantity,
    Table,
    say,
)
from reports.figures import style

SOURCE = "marts.fct_certificate_flow"
FLOWS = {
    "issued": "初次发证",
    "renewed": "再认证换证",
    "restored": "恢复",
    "suspended": "暂停",
    "revoked": "撤销",
    "cancelled": "注销",
    "expired": "到期失效",
    "superseded": "被新证书替换",
}
_LOOK = {
    "issued": (style.GOOD, ""),
    "renewed": (style.FORECAST, "/"),
    "restored": ("#7b5ea7", ""),
    "suspended": (style.WARNING, "/"),
    "revoked": (style.BREACH, ""),
    "cancelled": (style.UNKNOWN, ""),
    "expired": (style.NEUTRAL, "."),
    "superseded": ("#9fb8c8", "/"),
}
_ENTERING = ("issued", "renewed", "restored")
_COUNTS = ", ".join(f"count(*) filter (where flow = '{flow}')" for flow in FLOWS)
_OURS = f"from {SOURCE} where body_id = $body and system = 'ITSMS'"
_STOCK = "coalesce(sum(valid_change), 0)::bigint, coalesce(sum(suspended_change), 0)::bigint"


def chapter(asking: Asking) -> Chapter:
    opening = asking.pair(f"select {_STOCK} {_OURS} and flow_on <= $eve")
    closing = asking.pair(f"select {_STOCK} {_OURS} and flow_on <= $last")
    counts = asking.pair(f"select {_COUNTS} {_OURS} and flow_on between $first and $last")
    flows = {flow: (counts[0][place], counts[1][place]) for place, flow in enumerate(FLOWS)}
    monthly = _monthly(asking)
    return Chapter(
        slug="certificates",
        title="证书与变动",
        key_figures=(
            KeyFigure("valid", "期末有效 ITSMS 证书", "张", closing[0][0], closing[1][0]),
            KeyFigure("suspended", "期末暂停 ITSMS 证书", "张", closing[0][1], closing[1][1]),
            KeyFigure("issued", "初次发证", "张", *flows["issued"]),
            KeyFigure("renewed", "再认证换证", "张", *flows["renewed"]),
            KeyFigure("revoked", "撤销", "张", *flows["revoked"]),
            KeyFigure("cancelled", "注销", "张", *flows["cancelled"]),
        ),
        blocks=(
            _words(opening[0], closing[0], flows),
            _movement(asking, opening, closing),
            _chart(monthly),
            monthly,
            _stock_chart(monthly),
            by_region(asking),
            by_scope(asking),
            by_system(asking),
        ),
    )


def _words(opening: Any, closing: Any, flows: dict[str, Any]) -> Paragraph:
    return say(
        "期初在册（有效与暂停）ITSMS 证书 {opening}，期末 {closing}。本期初次发证 {issued}，再认证换证 {renewed}；"
        "暂停 {suspended}，恢复 {restored}；撤销 {revoked}，注销 {cancelled}，到期失效 {expired}，"
        "被新证书替换 {superseded}。",
        opening=Quantity(sum(opening), "张"),
        closing=Quantity(sum(closing), "张"),
        **{flow: Quantity(count[0], "张") for flow, count in flows.items()},
    )


def _movement(asking: Asking, opening: Any, closing: Any) -> Table:
    """Opening stock, what each kind of change did to valid and suspended, closing stock."""
    effects = asking.keyed_pair(
        f"select flow, {_STOCK} {_OURS} and flow_on between $first and $last group by flow"
    )
    rows: list[tuple[Any, ...]] = [_stock_row("期初", *opening)]
    for flow, label in FLOWS.items():
        (valid, suspended), before = effects.get(flow, ((0, 0), None if asking.before is None else (0, 0)))
        earlier = None if before is None else sum(before)
        rows.append((label, valid, suspended, valid + suspended, earlier))
    rows.append(_stock_row("期末", *closing))
    return Table(
        name="movement",
        title="ITSMS 证书的期初、增减与期末",
        columns=(
            Column("flow", "项目", number=False),
            Column("valid", "有效", "张", is_change=True),
            Column("suspended", "暂停", "张", is_change=True),
            Column("in_force", "在册合计", "张", is_change=True),
            Column("before", "上年同期在册", "张", is_change=True),
        ),
        rows=tuple(rows),
        totals=(0, -1),
        source=SOURCE,
        note="期初加各项增减等于期末。增减是对有效数、暂停数的影响：暂停使有效减一、暂停加一；已暂停的证书被撤销，"
        "减的是暂停数。",
    )


def _stock_row(label: str, now: Any, before: Any) -> tuple[Any, ...]:
    return (label, *now, sum(now), None if before[0] is None else sum(before))


def _monthly(asking: Asking) -> Table:
    found = {
        row[0]: row[1:]
        for row in asking.rows(
            f"select cast(date_trunc('month', flow_on) as date), {_COUNTS} {_OURS}"
            " and flow_on between $first and $last group by 1"
        )
    }
    rows: list[tuple[Any, ...]] = []
    for month in asking.period.months:
        stock = asking.row(f"select {_STOCK} {_OURS} and flow_on <= $day", day=asking.period.month_end(month))
        rows.append((f"{month:%m} 月", *found.get(month, (0,) * len(FLOWS)), *stock))
    rows.append(
        ("合计", *(sum(row[place] for row in rows) for place in range(1, len(FLOWS) + 1)), *rows[-1][-2:])
    )
    return Table(
        name="monthly",
        title="ITSMS 证书分月变动（次数）与月末数",
        columns=(
            Column("month", "月份", number=False),
            *(Column(flow, label, "张") for flow, label in FLOWS.items()),
            Column("valid_at_end", "月末有效", "张"),
            Column("suspended_at_end", "月末暂停", "张"),
        ),
        rows=tuple(rows),
        totals=(-1,),
        source=SOURCE,
        note="合计行：变动为各月之和，有效与暂停为期末数。"
        + ("最后一个月截至截止日。" if asking.is_running else ""),
    )


def _chart(monthly: Table) -> Figure:
    return Figure(
        name="flows",
        title="ITSMS 证书每月增减",
        chart=Chart(
            kind="columns",
            categories=monthly.names("month"),
            unit="张（线上为增，线下为减）",
            series=tuple(
                Series(
                    label,
                    tuple(_with_sign(count, flow) for count in monthly.numbers(flow)),
                    *_LOOK[flow],
                )
                for flow, label in FLOWS.items()
                if any(monthly.column(flow))
            ),
        ),
        source=SOURCE,
        words="线上是发证、换证和恢复，线下是暂停、撤销、注销、失效和被替换；数字见下表。",
    )


def _with_sign(count: Number, flow: str) -> Number:
    return count if count is None or flow in _ENTERING else -count


def _stock_chart(monthly: Table) -> Figure:
    return Figure(
        name="stock",
        title="ITSMS 证书月末在册数",
        chart=Chart(
            kind="columns",
            categories=monthly.names("month"),
            unit="张",
            series=(
                Series("有效", monthly.numbers("valid_at_end"), style.GOOD),
                Series("暂停", monthly.numbers("suspended_at_end"), style.WARNING, "/"),
            ),
        ),
        source=SOURCE,
        words="每月最后一天的有效与暂停证书。",
    )
