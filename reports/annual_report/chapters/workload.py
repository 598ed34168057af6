"""Auditors' days on site against the limit of a cycle-year (clause 3.9)."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

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
from reports.labels import EMPLOYMENT, FINDING_STATE

SOURCE = "marts.fct_auditor_year"
DAYS = "marts.fct_auditor_day"
SHOWN = 15
"""Auditors that are listed: those with the highest cycle-year."""
_LOADS = (
    f"select person_id, sum(load_days) as days from {DAYS}"
    " where body_id = $body and day_on between $first and $last group by 1"
)
_OURS = (
    f"from {SOURCE} where body_id = $body and year = extract(year from $first::date) and rolling_max_days > 0"
)
_STEPS = (Decimal(60), Decimal(120))


def chapter(asking: Asking) -> Chapter:
    loads, _loads_before = asking.pair(f"select count(*), coalesce(sum(days), 0), max(days) from ({_LOADS})")
    states, states_before = asking.pair(
        f"select count(*) filter (where state = 'breach'), count(*) filter (where state = 'warning'),"
        f" max(rolling_max_days), any_value(limit_days), any_value(warning_days) {_OURS}"
    )
    window = int(asking.parameter("cycle_year_days"))
    people = _people(asking, window)
    over = KeyFigure(
        "over_limit",
        f"任意连续 {window} 天超过现场天数上限的审核员",
        "人",
        states[0],
        states_before[0],
        tone="breach" if states[0] else "plain",
    )
    blocks: list[Block] = [
        say(
            "本期 {people}做过现场审核，共 {days}（全部体系）。"
            + (
                ""
                if states[3] is None
                else "条款 3.9 的上限是任意连续 {window} {limit}，超过 {warning}预警：超过上限 {over}，预警 {near}。"
            ),
            people=Quantity(loads[0], "名审核员"),
            days=Quantity(loads[1], "天"),
            window=Quantity(window, "天"),
            limit=Quantity(states[3], "天"),
            warning=Quantity(states[4], "天"),
            over=Quantity(states[0], "人"),
            near=Quantity(states[1], "人"),
        )
    ]
    if states[3] is not None:
        blocks += [_bins(asking, states[4], states[3]), _figure(people, window, states[4], states[3])]
    return Chapter(
        slug="workload",
        title="审核员工作量",
        key_figures=(over,),
        decisions=_decisions(states, window),
        blocks=(*blocks, people),
    )


def _decisions(states: Any, window: int) -> tuple[Decision, ...]:
    found = []
    if states[0]:
        found.append(
            Decision(
                "breach",
                say(
                    "{over}在任意连续 {window}内的现场天数超过上限（条款 3.9）。",
                    over=Quantity(states[0], "名审核员"),
                    window=Quantity(window, "天"),
                ),
                "停止为其派遣现场审核直到回到上限以内，把已计划的审核改派他人，并说明超限原因。",
                "workload",
            )
        )
    if states[1]:
        found.append(
            Decision(
                "warning",
                say("{near}接近现场天数上限。", near=Quantity(states[1], "名审核员")),
                "下一季度的派遣先核对余量。",
                "workload",
            )
        )
    return tuple(found)


def _bins(asking: Asking, warning: Decimal, limit: Decimal) -> Table:
    edges = (*_STEPS, warning, limit)
    labels = [f"不超过 {shown(edges[0])}"]
    labels += [f"{shown(low)}–{shown(high)}" for low, high in itertools.pairwise(edges)]
    labels.append(f"超过 {shown(limit)}")
    steps = " ".join(f"when days <= {edge} then {place}" for place, edge in enumerate(edges))
    found = asking.keyed_pair(
        f"select case {steps} else {len(edges)} end, count(*), sum(days) from ({_LOADS}) group by 1"
    )
    rows: list[tuple[Any, ...]] = []
    for place, label in enumerate(labels):
        now, before = found.get(place, ((0, Decimal(0)), (0, Decimal(0)) if asking.before else None))
        rows.append((label, *now, *(before or (None, None))))
    rows.append(
        ("合计", *(None if rows[0][at] is None else sum(row[at] for row in rows) for at in range(1, 5)))
    )
    return Table(
        name="workload_bins",
        title="审核员按本期现场天数分布",
        columns=(
            Column("days", "本期现场天数", "天", number=False),
            Column("people", "审核员", "人"),
            Column("sum", "现场合计", "天"),
            Column("people_before", "上年同期审核员", "人"),
            Column("sum_before", "上年同期现场", "天"),
        ),
        rows=tuple(rows),
        totals=(-1,),
        source=DAYS,
        note="每人每天的现场时间按派遣逐日计算，全部体系合计。区间含上端，不含下端。",
    )


def _people(asking: Asking, window: int) -> Table:
    found = asking.rows(
        f"""
        select years.person_id, years.employment, years.year_days, years.rolling_max_days, years.state,
            coalesce(earlier.year_days, 0), years.limit_days
        from {SOURCE} as years
        left join {SOURCE} as earlier
            on years.person_id = earlier.person_id and years.year = earlier.year + 1
        where years.body_id = $body and years.year = extract(year from $first::date)
            and years.rolling_max_days > 0
        order by years.rolling_max_days desc, years.person_id
        limit {SHOWN}"""
    )
    return Table(
        name="workload_people",
        title=f"现场天数最多的 {min(SHOWN, len(found))} 名审核员" if found else "现场天数最多的审核员",
        columns=(
            Column("person", "审核员", number=False),
            Column("employment", "聘用", number=False),
            Column("year_days", "本期现场", "天"),
            Column("rolling", f"任意连续 {window} 天最多", "天"),
            Column("room", "距上限", "天"),
            Column("state", "判定", number=False),
            Column("before", "上年全年现场", "天"),
        ),
        rows=tuple(
            (
                asking.person(person),
                EMPLOYMENT.get(employment, employment),
                days,
                rolling,
                limit - rolling,
                FINDING_STATE[state],
                before if asking.before else None,
            )
            for person, employment, days, rolling, state, before, limit in found
        ),
        source=SOURCE,
        note=f"任意连续 {window} 天：终止于本期内的各个时段，可以跨年。距上限为负即超过。",
    )


def _figure(people: Table, window: int, warning: Decimal, limit: Decimal) -> Figure:
    rolling = people.numbers("rolling")
    states = people.names("state")
    return Figure(
        name="workload",
        title=f"任意连续 {window} 天的现场天数（最多的审核员）",
        chart=Chart(
            kind="rows",
            categories=people.names("person"),
            unit="天",
            series=tuple(
                Series(
                    FINDING_STATE[state],
                    tuple(
                        days if own == FINDING_STATE[state] else None
                        for days, own in zip(rolling, states, strict=True)
                    ),
                    style.STATE_COLOURS[state],
                    style.STATE_PATTERNS.get(state, ""),
                )
                for state in ("breach", "warning", "pass")
                if FINDING_STATE[state] in states
            ),
            limits=(
                Limit(warning, f"预警 {shown(warning)}", is_dashed=True),
                Limit(limit, f"上限 {shown(limit)}"),
            ),
        ),
        source=SOURCE,
        words="每条是一名审核员合计最高的时段。",
    )
