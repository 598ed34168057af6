"""Data quality: what came in, what was held back and why, what was repaired, what the checks say."""

from __future__ import annotations

from reports.columns import Column, Link
from reports.dashboard.blocks import Page, Section, Table
from reports.labels import CHECK_SEVERITY, CHECK_STATUS, SUITE
from reports.labels import TABLE as TABLE_NAMES

_SECTION = Section(
    slug="quality-section",
    title="数据质量",
    intro="每张表：来源行数 = 入库 + 隔离。隔离的记录不在以上任何数字里；改正来源后重新运行即可进入。",
    blocks=(
        Table(
            name="landing",
            title="各表入库情况",
            source="meta.manifest_table, meta.repair",
            query="""
                with repairs as (
                    select table_name, count(*) as listed from meta.repair group by table_name
                )

                select
                    counts.table_name,
                    counts.rows_in,
                    counts.landed,
                    counts.quarantined,
                    coalesce(repairs.listed, 0) as listed
                from meta.manifest_table as counts
                left join repairs on counts.table_name = repairs.table_name
                order by counts.quarantined desc, counts.table_name""",
            columns=(
                Column("table_name", "表", kind="code", labels=TABLE_NAMES),
                Column("rows_in", "来源行数", kind="number", unit="行"),
                Column("landed", "入库", kind="number", unit="行"),
                Column(
                    "quarantined",
                    "隔离",
                    kind="number",
                    unit="行",
                    link=Link("quarantine", {"table_name": "table_name"}),
                ),
                Column("listed", "入库但有改动的单元格", kind="number", unit="处", wide=True),
            ),
        ),
        Table(
            name="quarantine",
            title="隔离的记录",
            source="meta.quarantine",
            note="一行记录可有几条原因。个人信息列的原值不显示。",
            empty="没有隔离的记录。",
            query="""
                select
                    table_name,
                    source_file,
                    source_row,
                    column_name,
                    message_zh,
                    raw_value,
                    row_key,
                    reason
                from meta.quarantine
                order by table_name, source_file, source_row, column_name, reason""",
            columns=(
                Column("table_name", "表", kind="code", labels=TABLE_NAMES, filter=True),
                Column("source_row", "行", kind="number"),
                Column("column_name", "列", filter=True, wide=True),
                Column("message_zh", "原因"),
                Column("raw_value", "原值"),
                Column("row_key", "记录", wide=True),
                Column("source_file", "文件", wide=True),
                Column("reason", "代码", filter=True, detail=True),
            ),
        ),
        Table(
            name="checks",
            title="数据校验结果",
            source="meta.check_result",
            note="“阻止发布”类的校验未通过时，本次数据不会发布，仍保留上一次的。“规则”类即规则符合性的结果。",
            query="""
                select
                    suite,
                    check_name,
                    rule_id,
                    severity,
                    status,
                    observed,
                    detail_zh,
                    case when severity <> 'report' then check_name end as listed_as
                from meta.check_result
                order by
                    severity = 'report',
                    case status when 'error' then 1 when 'fail' then 2 else 3 end,
                    case severity when 'blocking' then 1 when 'warning' then 2 else 3 end,
                    suite,
                    check_name""",
            columns=(
                Column("status", "结果", kind="code", labels=CHECK_STATUS, filter=True),
                Column("severity", "类别", kind="code", labels=CHECK_SEVERITY, filter=True),
                Column("suite", "范围", kind="code", labels=SUITE, filter=True, wide=True),
                Column("detail_zh", "校验内容"),
                Column(
                    "observed",
                    "涉及",
                    kind="number",
                    unit="条",
                    link=Link("check_records", {"check_name": "listed_as"}),
                ),
                Column("check_name", "校验", wide=True),
                Column("rule_id", "规则", wide=True, link=Link("findings", {"rule_id": "rule_id"})),
            ),
        ),
        Table(
            name="check_records",
            title="校验列出的记录",
            source="meta.check_record",
            empty="没有。",
            query="""
                select records.suite, records.check_name, records.record_key, results.detail_zh
                from meta.check_record as records
                left join meta.check_result as results
                    on records.suite = results.suite and records.check_name = results.check_name
                where results.severity is distinct from 'report'
                order by records.suite, records.check_name, records.record_key""",
            columns=(
                Column("detail_zh", "校验内容"),
                Column("record_key", "记录"),
                Column("check_name", "校验", filter=True, wide=True),
                Column("suite", "范围", kind="code", labels=SUITE, filter=True, wide=True),
            ),
        ),
    ),
)

PAGE = Page(slug="quality", title="数据质量", sections=(_SECTION,))
