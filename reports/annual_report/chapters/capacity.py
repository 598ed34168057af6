"""Certificates per auditor against the limit (3.10), full-time auditors against the minimum (3.6), scopes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reports.annual_report import names
from reports.annual_report.asking import Asking
from reports.annual_report.chart import Chart, Limit, Series
from reports.annual_report.model import (
    Block,
    Chapter,
    Column,
    Decision,
    Figure,
    KeyFigure,
    Quantity,
    Table,
    say,
    shown,
)
from reports.figures import style
from reports.labels import FINDING_STATE

SOURCE = "marts.fct_body_capacity_monthly"
SCOPES = "marts.fct_scope_capacity"
_COLUMNS = (
    "itsms_auditors_full_time, itsms_auditors, valid_itsms, ratio_itsms, all_auditors, valid_all, ratio_all, limit_ratio,"
    " full_time_min, state_itsms, state_all, state_full_time"
)


def chapter(asking: Asking) -> Chapter:
    found = asking.rows(f"select {_COLUMNS} from {SOURCE} where body_id = $body and day_on = $last")
    earlier = (
        asking.rows(
            f"select {_COLUMNS} from {SOURCE} where body_id = $body and day_on = $last", asking.before
        )
        if asking.before
        else []
    )
    nothing = (None,) * 12
    now, before = (found or [nothing])[0], (earlier or [nothing])[0]
    blocks: list[Block] = [_words(now), _table(now, before)]
    over_time = _over_time(asking)
    if over_time.rows:
        blocks += [_figure(over_time, now), over_time]
    blocks += _scopes(asking)
    return Chapter(
        slug="capacity",
        title="机构能力",
        key_figures=(
            KeyFigure(
                "ratio_itsms", "每名 ITSMS 审核员的有效证书", "张/人", now[3], before[3], tone=_tone(now[9])
            ),
            KeyFigure("full_time", "专职 ITSMS 审核员", "人", now[0], before[0], tone=_tone(now[11])),
        ),
        decisions=_decisions(now),
        blocks=tuple(blocks),
    )


def _tone(state: str | None) -> Any:
    return state if state in ("breach", "warning") else "plain"


def _words(now: Any) -> Any:
    if now[1] is None:
        return say("期末没有机构能力的记录。")
    return say(
        "期末有效 ITSMS 主证书 {valid}，ITSMS 审核员 {auditors}"
        + ("，平均每人 {ratio}" if now[3] is not None else "，没有审核员可以分担")
        + "（条款 3.10 上限 {limit}）；其中专职 {full_time}（条款 3.6 最少 {minimum}）。",
        valid=Quantity(now[2], "张"),
        auditors=Quantity(now[1], "人"),
        ratio=Quantity(now[3], "张"),
        limit=Quantity(now[7], "张/人"),
        full_time=Quantity(now[0], "人"),
        minimum=Quantity(now[8], "人"),
    )


def _decisions(now: Any) -> tuple[Decision, ...]:
    found: list[Decision] = []
    for place, label in ((9, "ITSMS"), (10, "全部体系")):
        ratio, auditors, valid = (now[3], now[1], now[2]) if place == 9 else (now[6], now[4], now[5])
        if _tone(now[place]) == "plain":
            continue
        matter = (
            say(f"{label} {{valid}}有效证书，没有在岗审核员（条款 3.10）。", valid=Quantity(valid, "张"))
            if ratio is None
            else say(
                f"{label}每名审核员 {{ratio}}有效证书，上限 {{limit}}（条款 3.10）。",
                ratio=Quantity(ratio, "张"),
                limit=Quantity(now[7], "张"),
            )
        )
        missing = -(-valid // int(now[7])) - auditors
        proposal = (
            f"至少增加 {missing} 名审核员，或在补足之前不再增发证书。"
            if missing > 0
            else "增发证书前先核对余量。"
        )
        found.append(Decision(_tone(now[place]), matter, proposal, "capacity"))
    if _tone(now[11]) != "plain":
        found.append(
            Decision(
                _tone(now[11]),
                say(
                    "专职 ITSMS 审核员 {have}，至少应有 {need}（条款 3.6）。",
                    have=Quantity(now[0], "人"),
                    need=Quantity(now[8], "人"),
                ),
                "确定招聘或转为专职的人数与时间。",
                "capacity",
            )
        )
    return tuple(found)


def _table(now: Any, before: Any) -> Table:
    room = [
        None if row[place] is None else int(row[7] * row[place] - row[valid])
        for row in (now, before)
        for place, valid in ((1, 2), (4, 5))
    ]
    return Table(
        name="capacity",
        title="期末机构能力",
        columns=(
            Column("item", "项目", number=False),
            Column("unit", "单位", number=False),
            Column("now", "本期末"),
            Column("before", "上年同期末"),
            Column("limit", "要求"),
            Column("state", "判定", number=False),
        ),
        rows=(
            ("有效 ITSMS 主证书", "张", now[2], before[2], None, ""),
            ("ITSMS 审核员", "人", now[1], before[1], None, ""),
            ("每名 ITSMS 审核员的有效证书", "张/人", now[3], before[3], now[7], _state(now[9])),
            ("还可颁发 ITSMS 证书", "张", room[0], room[2], None, ""),
            ("有效主证书（全部体系）", "张", now[5], before[5], None, ""),
            ("审核员（全部体系）", "人", now[4], before[4], None, ""),
            ("每名审核员的有效证书（全部体系）", "张/人", now[6], before[6], now[7], _state(now[10])),
            ("还可颁发证书（全部体系）", "张", room[1], room[3], None, ""),
            ("专职 ITSMS 审核员", "人", now[0], before[0], now[8], _state(now[11])),
        ),
        source=SOURCE,
        note="要求：每名审核员的证书为上限，专职审核员为下限。还可颁发为负即已超过。",
    )


def _state(state: str | None) -> str:
    return FINDING_STATE.get(state, state) if state else ""


def _over_time(asking: Asking) -> Table:
    found = {
        row[0]: row[1:]
        for row in asking.rows(
            f"select day_on, itsms_auditors, itsms_auditors_full_time, valid_itsms, ratio_itsms, ratio_all from {SOURCE}"
            " where body_id = $body and day_on between $first and $last"
        )
    }
    ends = [asking.period.month_end(month) for month in asking.period.months]
    return Table(
        name="capacity_monthly",
        title="机构能力分月",
        columns=(
            Column("day", "日期", number=False),
            Column("auditors", "ITSMS 审核员", "人"),
            Column("full_time", "其中专职", "人"),
            Column("valid", "有效 ITSMS 主证书", "张"),
            Column("ratio", "ITSMS 人均", "张/人"),
            Column("ratio_all", "全部体系人均", "张/人"),
        ),
        rows=tuple((day, *found[day]) for day in ends if day in found),
        source=SOURCE,
    )


def _figure(over_time: Table, now: Any) -> Figure:
    limits = () if now[7] is None else (Limit(Decimal(now[7]), f"上限 {shown(now[7])}"),)
    return Figure(
        name="ratio",
        title="每名 ITSMS 审核员的有效证书",
        chart=Chart(
            kind="columns",
            categories=tuple(f"{day:%m} 月" for day in over_time.column("day")),
            unit="张/人",
            series=(Series("ITSMS 人均有效证书", over_time.numbers("ratio"), style.GOOD),),
            limits=limits,
        ),
        source=SOURCE,
        words="每月最后一天；本年未结束时最后一根为截止日。",
    )


def _scopes(asking: Asking) -> list[Block]:
    """Scopes with too few professional auditors: known for as_of only."""
    if asking.period.last_on != asking.as_of:
        return []
    found = asking.rows(
        f"select scope_code, valid_certificates, professional_auditors, required_auditors, state from {SCOPES}"
        " where body_id = $body and state <> 'pass' order by state, scope_code"
    )
    return [
        Table(
            name="scopes",
            title="专业审核员不足的业务范围",
            columns=(
                Column("scope", "业务范围", number=False),
                Column("valid", "有效证书", "张"),
                Column("auditors", "专业审核员", "人"),
                Column("required", "至少", "人"),
                Column("state", "判定", number=False),
            ),
            rows=tuple(
                (names.scope(scope), *counts, FINDING_STATE[state]) for scope, *counts, state in found
            ),
            source=SCOPES,
            note="条款 3.6；预警：近期注册到期后将不足。",
            empty="每个业务范围的专业审核员都达到要求。",
        )
    ]
