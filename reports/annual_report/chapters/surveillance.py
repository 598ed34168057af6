"""Surveillance audits due in the year, those overdue at its end, and suspended certificates."""

from __future__ import annotations

from typing import Any

from reports.annual_report.asking import Asking, share
from reports.annual_report.model import Block, Chapter, Column, Decision, KeyFigure, Quantity, Table, say
from reports.labels import CERTIFICATE_STATUS

SOURCE = "marts.fct_surveillance"
STATUS = "marts.fct_certificate_status_interval"
LISTED = 20
"""Overdue certificates that are listed by number: the longest overdue."""
_DUE = """
    count(*),
    count(*) filter (where done_on <= due_on),
    count(*) filter (where done_on > due_on and done_on <= $last),
    count(*) filter (where (done_on is null or done_on > $last) and due_on < $last),
    count(*) filter (where (done_on is null or done_on > $last) and due_on = $last)"""
_OURS = (
    f"from {SOURCE} where body_id = $body and state <> 'not_applicable' and due_on between $first and $last"
)
_OVERDUE = f"""
    select links.certificate_id, certificates.certificate_no, certificates.org_name, intervals.status,
        links.n, links.due_on, date_diff('day', links.due_on, $last::date) as days
    from {SOURCE} as links
    inner join {STATUS} as intervals
        on links.certificate_id = intervals.certificate_id
        and intervals.from_on <= $last
        and coalesce(intervals.to_on, $last::date) >= $last
        and intervals.status in ('valid', 'suspended')
    inner join marts.dim_certificate as certificates on links.certificate_id = certificates.certificate_id
    where links.body_id = $body
        and links.state <> 'not_applicable'
        and links.due_on < $last
        and (links.done_on is null or links.done_on > $last)"""
_SUSPENDED = f"""
    select
        count(*),
        count(*) filter (where from_on > $last::date - to_months($limit // 2)),
        count(*) filter (where from_on <= $last::date - to_months($limit // 2) and from_on >= $last::date - to_months($limit)),
        count(*) filter (where from_on < $last::date - to_months($limit))
    from {STATUS}
    where body_id = $body and system = 'ITSMS' and status = 'suspended'
        and from_on <= $last and coalesce(to_on, $last::date) >= $last"""
_STEPS = ("near", "middle", "later", "far")
"""Of the outlook, the nearest first."""


def chapter(asking: Asking) -> Chapter:
    due, due_before = asking.pair(f"select {_DUE} {_OURS}")
    overdue, overdue_before = asking.pair(
        f"select count(*), count(*) filter (where status = 'valid'), max(days) from ({_OVERDUE})"
    )
    limit = int(asking.parameter("suspension_max_months"))
    suspended, suspended_before = asking.pair(_SUSPENDED, limit=limit)
    blocks: list[Block] = [
        say(
            "本期到期的监督审核 {due}：按期完成 {on_time}，逾期完成 {late}，期末逾期未做 {open}（含其后终止的证书）。"
            "期末在册证书中监督逾期共 "
            "{overdue}（含以前年度到期的），其中证书仍为有效的 {valid}。",
            due=Quantity(due[0], "次"),
            on_time=Quantity(due[1], "次"),
            late=Quantity(due[2], "次"),
            open=Quantity(due[3], "次"),
            overdue=Quantity(overdue[0], "次"),
            valid=Quantity(overdue[1], "次"),
        ),
        _due(due, due_before),
        _overdue_list(asking),
        _suspended(suspended, suspended_before, limit),
    ]
    if asking.period.last_on == asking.as_of:
        blocks.append(_forecast(asking))
    return Chapter(
        slug="surveillance",
        title="监督逾期与暂停证书",
        key_figures=(
            KeyFigure(
                "overdue",
                "期末监督逾期（证书在册）",
                "次",
                overdue[0],
                overdue_before[0],
                tone="breach" if overdue[0] else "plain",
            ),
            KeyFigure(
                "on_time_share",
                "监督按期完成率",
                "%",
                share(due[1], due[0] - due[4]),
                _share_before(due_before),
            ),
        ),
        decisions=_decisions(overdue, suspended, limit),
        blocks=tuple(blocks),
    )


def _share_before(due: Any) -> Any:
    return None if due[0] is None else share(due[1], due[0] - due[4])


def _decisions(overdue: Any, suspended: Any, limit: int) -> tuple[Decision, ...]:
    found = []
    if overdue[1]:
        found.append(
            Decision(
                "breach",
                say(
                    "{overdue}监督逾期而证书仍为有效（条款 5.4.1.4、7.2.1）。",
                    overdue=Quantity(overdue[1], "次"),
                ),
                "逐张决定：立即安排监督审核，或按规则暂停证书。",
                "surveillance",
            )
        )
    if suspended[3]:
        found.append(
            Decision(
                "breach",
                say(
                    "{long}暂停已超过 {limit}（条款 7.2.2）。",
                    long=Quantity(suspended[3], "张证书"),
                    limit=Quantity(limit, "个月"),
                ),
                "逐张决定恢复或撤销。",
                "surveillance",
            )
        )
    return tuple(found)


def _due(now: Any, before: Any) -> Table:
    labels = ("到期", "按期完成", "逾期完成", "期末逾期未做（含其后终止的证书）", "期末当日到期未做")
    return Table(
        name="surveillance_due",
        title="本期到期的监督审核",
        columns=(
            Column("state", "情况", number=False),
            Column("links", "本期", "次"),
            Column("before", "上年同期", "次"),
        ),
        rows=tuple((label, now[place], before[place]) for place, label in enumerate(labels)),
        totals=(0,),
        source=SOURCE,
        note="主证书；到期日见条款 5.4.1.4。到期 = 其余各行之和。",
    )


def _overdue_list(asking: Asking) -> Table:
    found = asking.rows(f"{_OVERDUE} order by days desc, links.certificate_id, links.n limit {LISTED}")
    return Table(
        name="overdue_list",
        title=f"期末监督逾期最久的证书（最多列 {LISTED} 张）",
        columns=(
            Column("certificate", "证书编号", number=False),
            *(() if asking.is_masked else (Column("client", "获证组织", number=False),)),
            Column("status", "期末状态", number=False),
            Column("n", "第几次监督", number=False),
            Column("due_on", "到期日", number=False),
            Column("days", "逾期", "天"),
        ),
        rows=tuple(
            (
                number or certificate,
                *(() if asking.is_masked else (client,)),
                CERTIFICATE_STATUS[status],
                f"第 {n} 次",
                due_on,
                days,
            )
            for certificate, number, client, status, n, due_on, days in found
        ),
        source=f"{SOURCE}, {STATUS}",
        empty="期末没有监督逾期的在册证书。",
    )


def _suspended(now: Any, before: Any, limit: int) -> Table:
    half = limit // 2
    labels = ("期末暂停", f"暂停不足 {half} 个月", f"暂停 {half} 至 {limit} 个月", f"暂停超过 {limit} 个月")
    return Table(
        name="suspended",
        title="期末暂停的 ITSMS 证书",
        columns=(
            Column("state", "情况", number=False),
            Column("certificates", "本期末", "张"),
            Column("before", "上年同期末", "张"),
        ),
        rows=tuple((label, now[place], before[place]) for place, label in enumerate(labels)),
        totals=(0,),
        source=STATUS,
        note=f"暂停最长 {limit} 个月（条款 7.2.2）。",
    )


def _forecast(asking: Asking) -> Table:
    counts: dict[str, int] = dict(
        asking.rows(
            f"select horizon, count(*) from {SOURCE} where body_id = $body and horizon is not null group by 1"
        )
    )
    steps = [int(asking.parameter(f"surveillance_{step}_days")) for step in _STEPS]
    rows = [
        (f"{low + 1}–{high} 天" if low else f"{high} 天以内", counts.get(step, 0))
        for step, low, high in zip(_STEPS, [0, *steps], steps, strict=False)
    ]
    return Table(
        name="surveillance_forecast",
        title="截止日之后到期的监督审核",
        columns=(Column("days", "到期", number=False), Column("links", "监督审核", "次")),
        rows=(*rows, ("合计", sum(count for _, count in rows))),
        totals=(-1,),
        source=SOURCE,
    )
