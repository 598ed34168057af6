"""What the reader must know about the data: held back, not decidable, checks that failed, year not over."""

from __future__ import annotations

from typing import Any

from reports.annual_report.asking import Asking
from reports.annual_report.model import Block, Chapter, Column, KeyFigure, Quantity, Table, say
from reports.labels import CHECK_SEVERITY
from reports.labels import TABLE as TABLE_NAMES


def chapter(asking: Asking) -> Chapter:
    held = asking.row(
        "select coalesce(sum(rows_in), 0)::bigint, coalesce(sum(quarantined), 0)::bigint from meta.manifest_table"
    )
    failed = asking.row("select count(*) from meta.check_result where status <> 'pass'")[0]
    undetermined = _undetermined(asking)
    blocks: list[Block] = [
        say(
            "来源共 {rows}，未入库 {held}；未入库的行不在本报告任何数字里。"
            "数据校验未通过 {failed}。这些数字是整个来源的，不分机构。",
            rows=Quantity(held[0], "行"),
            held=Quantity(held[1], "行"),
            failed=Quantity(failed, "项"),
        )
    ]
    if asking.is_running:
        blocks.append(
            say(f"本年尚未结束：数字截至 {asking.as_of}，与上年同期（{_before(asking)}）比较，年末会变。")
        )
    if asking.before is None:
        blocks.append(say("记录不足以与上年比较，上年各列为“—”。"))
    blocks.append(
        say(
            "统计口径：证书状态按事件推算，包含截止日当天；审核以完成且截止日前已结束的为准；补录或更正来源数据后重新运行，"
            "过去年度的数字也可能改变。"
        )
    )
    return Chapter(
        slug="caveats",
        title="数据说明",
        key_figures=(
            KeyFigure("quarantined", "未入库的行（全部来源）", "行", held[1], note="不在本报告任何数字里"),
        ),
        blocks=(*blocks, _quarantine(asking), _checks(asking), undetermined),
    )


def _before(asking: Asking) -> str:
    return f"{asking.before.first_on} 至 {asking.before.last_on}" if asking.before else "无记录"


def _quarantine(asking: Asking) -> Table:
    found = asking.rows(
        "select table_name, rows_in, landed, quarantined from meta.manifest_table"
        " where quarantined > 0 order by quarantined desc, table_name"
    )
    return Table(
        name="quarantine",
        title="有未入库的行的表（全部来源）",
        columns=(
            Column("table", "表", number=False),
            Column("rows", "来源", "行"),
            Column("landed", "入库", "行"),
            Column("held", "未入库", "行"),
        ),
        rows=tuple((TABLE_NAMES.get(name, name), *counts) for name, *counts in found),
        source="meta.manifest_table",
        empty="各行均已入库。",
    )


def _checks(asking: Asking) -> Table:
    found = asking.rows(
        "select detail_zh, severity, coalesce(observed, 0) from meta.check_result"
        " where status <> 'pass' order by severity, suite, check_name"
    )
    return Table(
        name="checks",
        title="未通过的数据校验（全部来源）",
        columns=(
            Column("check", "校验内容", number=False),
            Column("severity", "类别", number=False),
            Column("observed", "涉及", "条"),
        ),
        rows=tuple(
            (detail, CHECK_SEVERITY.get(severity, severity), count) for detail, severity, count in found
        ),
        source="meta.check_result",
        empty="数据校验全部通过。",
    )


def _undetermined(asking: Asking) -> Table:
    found: list[Any] = asking.rows(
        """
        select rules.clause, rules.title_zh, rules.undetermined_when_zh, count(*)
        from marts.fct_rule_finding as findings
        inner join marts.dim_rule as rules on findings.rule_id = rules.rule_id
        where findings.body_id = $body and findings.state = 'undetermined'
        group by 1, 2, 3
        order by 4 desc, 1, 2"""
    )
    return Table(
        name="undetermined",
        title=f"截至 {asking.as_of} 无法判定的事项与所缺的数据（不分年度）",
        columns=(
            Column("clause", "条款", number=False),
            Column("title", "情形", number=False),
            Column("when", "何时无法判定", number=False),
            Column("findings", "无法判定", "条"),
        ),
        rows=tuple(found),
        source="marts.fct_rule_finding, marts.dim_rule",
        empty="没有无法判定的事项。",
    )
