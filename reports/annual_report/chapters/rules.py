"""Findings of the rules: what was judged this year, by clause, and how it developed month by month."""

from __future__ import annotations

import re
from typing import Any

from reports.annual_report.asking import Asking
from reports.annual_report.chart import Chart, Series
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
)
from reports.figures import style
from reports.labels import FINDING_STATE, PROFILE

SOURCE = "marts.fct_rule_monthly"
STATES = ("breach", "warning", "undetermined")
_DRAWN = ("breach", "undetermined")
_SUMS = ", ".join(
    f"coalesce(sum({count}), 0)::bigint" for count in ("passed + warning + breach + undetermined", *STATES)
)
_OURS = f"from {SOURCE} as months where body_id = $body and month between $first and $last"
_BY_RULE = f"""
    select rules.clause, months.rule_id, rules.profile, rules.title_zh, {_SUMS}
    from {SOURCE} as months inner join marts.dim_rule as rules on months.rule_id = rules.rule_id
    where months.body_id = $body and months.month between $first and $last
    group by 1, 2, 3, 4"""
TOP = 5
"""Clauses with breaches that the summary names."""


def chapter(asking: Asking) -> Chapter:
    now, before = asking.pair(f"select {_SUMS} {_OURS}")
    monthly = _monthly(asking)
    by_rule = _by_rule(asking)
    undated = asking.row(
        f"select coalesce(sum(undetermined), 0)::bigint from {SOURCE} where body_id = $body and month is null"
    )[0]
    in_force = asking.row("select min(effective_from) from marts.dim_rule where profile = 'cnca'")[0]
    blocks: list[Block] = [
        say(
            "本期的事项共判定 {judged}：不符合 {breach}，预警 {warning}，无法判定 {undetermined}，其余通过。",
            judged=Quantity(now[0], "项次"),
            breach=Quantity(now[1], "条"),
            warning=Quantity(now[2], "条"),
            undetermined=Quantity(now[3], "条"),
        )
    ]
    if in_force and in_force > asking.period.first_on:
        blocks.append(say(f"国家规则自 {in_force} 起施行，此前的事项不判定，因此与上年的比较只供参考。"))
    if undated:
        blocks.append(
            say("另有 {undated}因日期未记录，不能归入任何年度。", undated=Quantity(undated, "条无法判定"))
        )
    return Chapter(
        slug="rules",
        title="规则符合性",
        key_figures=(
            KeyFigure(
                "breaches", "规则不符合", "条", now[1], before[1], tone="breach" if now[1] else "plain"
            ),
            KeyFigure(
                "undetermined", "规则无法判定", "条", now[3], before[3], note="缺少判定所需的数据，不等于通过"
            ),
        ),
        decisions=_decisions(by_rule),
        blocks=(*blocks, _figure(monthly), monthly, by_rule),
    )


def _decisions(by_rule: Table) -> tuple[Decision, ...]:
    """The rules with most breaches, in one line each."""
    found = zip(by_rule.names("clause"), by_rule.names("title"), by_rule.numbers("breach"), strict=True)
    worst = sorted(
        (clause for clause in found if clause[2]), key=lambda clause: (-(clause[2] or 0), clause[0])
    )
    return tuple(
        Decision(
            "breach",
            say(f"条款 {clause}“{title}”：不符合 {{breach}}。", breach=Quantity(breach, "条")),
            "查明原因，确定纠正措施、责任部门与完成日期。",
            "rules",
        )
        for clause, title, breach in worst[:TOP]
    )


def _monthly(asking: Asking) -> Table:
    found = {row[0]: row[1:] for row in asking.rows(f"select month, {_SUMS} {_OURS} group by 1")}
    rows: list[tuple[Any, ...]] = [
        (f"{month:%m} 月", *found.get(month, (0, 0, 0, 0))) for month in asking.period.months
    ]
    rows.append(("合计", *(sum(row[place] for row in rows) for place in range(1, 5))))
    return Table(
        name="rules_monthly",
        title="规则判定结果分月",
        columns=(
            Column("month", "事项所属月份", number=False),
            Column("judged", "判定", "项次"),
            *(Column(state, FINDING_STATE[state], "条") for state in STATES),
        ),
        rows=tuple(rows),
        totals=(-1,),
        source=SOURCE,
        note="按决定适用规则的日期（例如颁证日、审核日）归月，不是发现的日期；以后才到期的事项归入截止日当月。",
    )


def _by_rule(asking: Asking) -> Table:
    before: dict[str, tuple[Any, ...]] = {}
    if asking.before:
        before = {row[1]: row for row in asking.rows(_BY_RULE, asking.before)}
    now = {row[1]: row for row in asking.rows(_BY_RULE)}
    found = {rule: (now.get(rule), before.get(rule)) for rule in {*now, *before}}
    rows: list[tuple[Any, ...]] = []
    for rule, (this, last) in sorted(found.items(), key=_place):
        counts = this[4:] if this else (0, 0, 0, 0)
        earlier = None if not asking.before else last[5] if last else 0
        if any(counts[1:]) or earlier:
            clause, _, profile, title = (this or last or ())[:4]
            named = clause if profile == "cnca" else f"{PROFILE.get(profile, profile)} {clause}"
            rows.append((named, rule, title, *counts, earlier))
    sums = (
        [None if None in column else sum(column) for column in list(zip(*rows, strict=True))[3:]]
        if rows
        else [0] * 5
    )
    return Table(
        name="rules_by_clause",
        title="有发现的规则，按条款",
        columns=(
            Column("clause", "条款", number=False),
            Column("rule", "规则编号", number=False),
            Column("title", "情形", number=False),
            Column("judged", "判定", "项次"),
            *(Column(state, FINDING_STATE[state], "条") for state in STATES),
            Column("breach_before", "上年同期不符合", "条"),
        ),
        rows=(*rows, ("合计", "", "", *sums)),
        totals=(-1,),
        source=f"{SOURCE}, marts.dim_rule",
        note="只列有发现的规则；合计的判定项次也只含这些规则。未注明来源的是国家规则的条款。",
    )


def _place(found: tuple[str, tuple[tuple[Any, ...] | None, tuple[Any, ...] | None]]) -> Any:
    """National rules first, each source in the order of its text: 5.4.2 before 5.10."""
    rule, (this, last) = found
    clause, _, profile, _ = (this or last or ())[:4]
    parts = re.split(r"[^0-9A-Za-z]+", clause)
    numbers = [(int(part), "") if part.isdigit() else (1000, part) for part in parts if part]
    return (profile != "cnca", profile, numbers, rule)


def _figure(monthly: Table) -> Figure:
    return Figure(
        name="findings",
        title="规则不符合与无法判定分月",
        chart=Chart(
            kind="columns",
            categories=monthly.names("month"),
            unit="条",
            series=tuple(
                Series(
                    FINDING_STATE[state],
                    monthly.numbers(state),
                    style.STATE_COLOURS[state],
                    style.STATE_PATTERNS.get(state, ""),
                )
                for state in _DRAWN
                if any(monthly.column(state))
            ),
        ),
        source=SOURCE,
        words="按事项所属月份；预警多为以后到期的事项，集中在截止日当月，见下表。",
    )
