"""People at the year's end, who came and left, and registrations that run out."""

from __future__ import annotations

from typing import Any

from reports.annual_report.asking import Asking
from reports.annual_report.model import Chapter, Column, Decision, KeyFigure, Quantity, Table, say

SOURCE = "marts.fct_body_people"
PERSONS = "marts.dim_person"
REGISTRATIONS = "marts.fct_auditor_registration"
_GROUPS = {
    "people": "在岗人员",
    "full_time": "其中专职",
    "part_time": "其中兼职",
    "senior_auditors": "ITSMS 高级审核员",
    "auditors": "ITSMS 审核员",
    "trainees": "ITSMS 实习审核员",
    "unregistered": "无有效 ITSMS 注册",
}
_HORIZONS = ("qualification_near_days", "qualification_middle_days", "qualification_horizon_days")
"""Parameters: how far ahead registrations that run out are counted, the nearest first."""
_AT = (
    f"select {', '.join(f'coalesce(max({name}), 0)' for name in _GROUPS)} from {SOURCE} where body_id = $body"
)


def chapter(asking: Asking) -> Chapter:
    now, before = asking.pair(f"{_AT} and day_on = $last")
    moves, moves_before = asking.pair(
        f"select count(*) filter (where joined_on between $first and $last),"
        f" count(*) filter (where left_on between $first and $last) from {PERSONS} where body_id = $body"
    )
    lapsed, lapsed_before = asking.pair(
        f"select count(*) from {REGISTRATIONS} where body_id = $body and system = 'ITSMS'"
        " and valid_until between $first and $last and valid_until < $asof and not has_later",
        asof=asking.as_of,
    )
    # What is to come is known from as_of on: it says nothing about a year that is over.
    horizons = [int(asking.parameter(name)) for name in _HORIZONS]
    expiring = (_expiring(asking, horizons),) if asking.period.last_on == asking.as_of else ()
    soon = sum(int(count or 0) for table in expiring for count in table.numbers("registrations"))
    decisions: tuple[Decision, ...] = ()
    if soon:
        decisions = (
            Decision(
                "warning",
                say(
                    "{soon}将在 {days}内到期，尚无后续注册。",
                    soon=Quantity(soon, "项审核员注册"),
                    days=Quantity(horizons[-1], "天"),
                ),
                "安排再注册；到期未续的不得派遣，并核对人均证书数。",
                "people",
            ),
        )
    return Chapter(
        slug="people",
        title="人员",
        key_figures=(KeyFigure("people", "期末在岗人员", "人", now[0], before[0]),),
        decisions=decisions,
        blocks=(
            say(
                "期末在岗 {people}，专职 {full_time}，兼职 {part_time}；本期入职 {joined}，离职 {left}。",
                people=Quantity(now[0], "人"),
                full_time=Quantity(now[1], "人"),
                part_time=Quantity(now[2], "人"),
                joined=Quantity(moves[0], "人"),
                left=Quantity(moves[1], "人"),
            ),
            _table(now, before, (*moves, *lapsed), (*moves_before, *lapsed_before)),
            *expiring,
        ),
    )


def _table(now: Any, before: Any, moves: Any, moves_before: Any) -> Table:
    rows: list[tuple[Any, ...]] = [
        (label, now[place], before[place], _difference(now[place], before[place]))
        for place, label in enumerate(_GROUPS.values())
    ]
    for place, label in enumerate(("本期入职", "本期离职", "本期到期而未续的 ITSMS 注册（项）")):
        rows.append(
            (label, moves[place], moves_before[place], _difference(moves[place], moves_before[place]))
        )
    return Table(
        name="people",
        title="人员构成与变动",
        columns=(
            Column("group", "项目", number=False),
            Column("people", "本期（末）", "人"),
            Column("before", "上年同期（末）", "人"),
            Column("change", "增减", "人", is_change=True),
        ),
        rows=tuple(rows),
        source=f"{SOURCE}, {PERSONS}, {REGISTRATIONS}",
        note="级别取当日有效的最高 ITSMS 注册级别；四类级别之和等于在岗人员。",
    )


def _difference(now: int, before: int | None) -> int | None:
    return None if before is None else now - before


def _expiring(asking: Asking, horizons: list[int]) -> Table:
    rows: list[tuple[Any, ...]] = []
    low = -1
    for high in horizons:
        count = asking.row(
            f"select count(*) from {REGISTRATIONS} where body_id = $body and system = 'ITSMS' and is_person_active"
            " and is_valid and not has_later and days_left > $low and days_left <= $high",
            low=low,
            high=high,
        )[0]
        rows.append((f"{low + 1}–{high} 天" if low > 0 else f"{high} 天以内", count))
        low = high
    rows.append(("合计", sum(row[1] for row in rows)))
    return Table(
        name="expiring",
        title="截止日之后到期、尚无后续的 ITSMS 注册（在岗人员）",
        columns=(Column("days", "到期", number=False), Column("registrations", "注册", "项")),
        rows=tuple(rows),
        totals=(-1,),
        source=REGISTRATIONS,
    )
