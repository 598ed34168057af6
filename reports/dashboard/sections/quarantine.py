"""What became of the source: left out, set aside, emptied, repaired, stood for; what to do about it, and what it could
change."""

from __future__ import annotations

from reports.columns import Column, Link
from reports.dashboard.blocks import Figure, Section, Table
from reports.dashboard.sections.lineage import UPSTREAM
from reports.figures import quarantine_reasons
from reports.labels import TABLE as TABLE_NAMES
from reports.quarantine_labels import FATE, REASON, REMEDY, REPAIR

_REMEDIES = " ".join(f"when '{reason}' then '{remedy}'" for reason, remedy in REMEDY.items())


def _to_lineage(layer: str) -> Link:
    return Link("lineage", {"q": "source"}, {"layer_zh": layer})


SECTION = Section(
    slug="quality-quarantine",
    title="来源数据的去向",
    intro="搁置的行没有可用的编号，不在任何数字里。置空的单元格无法读取，所在的行已入库，相关规则为无法判定。占位是被引用"
    "而来源中没有的记录。修复是只有一种读法的写法差异。改正来源后重新运行即可。",
    blocks=(
        Table(
            name="acceptance",
            title="缺失过多而仍然导入",
            source="meta.acceptance",
            empty="没有。",
            note="凡涉及的上报文件不能就绪。",
            query="""
                select table_name, column_name, message_zh, reason
                from meta.acceptance
                order by position""",
            columns=(
                Column("table_name", "表", kind="code", labels=TABLE_NAMES),
                Column("column_name", "列", wide=True),
                Column("message_zh", "缺失"),
                Column("reason", "继续的理由"),
            ),
        ),
        Figure(
            name="quarantine_reasons",
            title="搁置、置空与必填为空，按表和原因",
            source="meta.quarantine",
            unit="条；一行记录可有几条",
            query="""
                select table_name, reason, count(*) as listed
                from meta.quarantine
                group by all
                order by all""",
            drawing=quarantine_reasons.DRAWING,
        ),
        Table(
            name="quarantine",
            title="搁置的行、置空的单元格",
            source="meta.quarantine",
            note="一行记录可有几条原因。个人信息列的原值不显示。",
            empty="没有搁置的行和置空的单元格。",
            query=f"""
                select
                    fate, table_name, source_file, source_row, column_name, message_zh, raw_value, row_key, reason,
                    case reason {_REMEDIES} end as remedy
                from meta.quarantine
                order by
                    table_name, source_file, source_row, column_name, reason""",
            columns=(
                Column("fate", "处理", kind="code", labels=FATE, filter=True),
                Column("table_name", "表", kind="code", labels=TABLE_NAMES, filter=True),
                Column("source_file", "文件", wide=True),
                Column("source_row", "行", kind="number"),
                Column("column_name", "列", filter=True, wide=True),
                Column("message_zh", "原因"),
                Column("raw_value", "原值"),
                Column("row_key", "记录", wide=True),
                Column("remedy", "怎么办", wide=True),
                Column("reason", "类别", kind="code", labels=REASON, filter=True, detail=True),
            ),
        ),
        Table(
            name="quarantine_impact",
            title="未入库的行可能改变什么",
            source="meta.manifest_table, meta.lineage, marts.dim_rule",
            note="读取该表的规则、由它算出的数据集市和上报数据。点数字看是哪些。",
            empty="各行均已入库。",
            query=f"""
                with recursive {UPSTREAM},

                reached as (
                    select
                        substr(upstream.source, 5) as table_name,
                        count(*) filter (where nodes.layer = 'rules' and nodes.rule_id is not null) as rules,
                        count(*) filter (where nodes.layer = 'marts') as marts,
                        count(*) filter (where nodes.layer = 'submissions') as submissions
                    from upstream
                    inner join meta.lineage as nodes on upstream.node = nodes.node
                    group by upstream.source
                ),

                readers as (
                    select table_name, string_agg(rule_id, ' ' order by rule_id) as rule_ids
                    from (
                        select distinct rule_id, split_part(unnest(string_split(columns_read, ';')), '.', 1) as table_name
                        from marts.dim_rule
                        where is_enabled
                    )
                    group by table_name
                )

                select
                    counts.table_name, counts.quarantined,
                    round(counts.quarantined * 100.0 / nullif(counts.rows_in, 0), 2) as quarantined_percent,
                    reached.rules, reached.marts, reached.submissions, readers.rule_ids,
                    'raw.' || counts.table_name || ';' as source
                from meta.manifest_table as counts
                left join reached on counts.table_name = reached.table_name
                left join readers on counts.table_name = readers.table_name
                where counts.quarantined > 0
                order by counts.quarantined desc, counts.table_name""",
            columns=(
                Column("table_name", "表", kind="code", labels=TABLE_NAMES),
                Column(
                    "quarantined",
                    "未入库",
                    kind="number",
                    unit="行",
                    link=Link("quarantine", {"table_name": "table_name"}),
                ),
                Column("quarantined_percent", "占来源行数", kind="number", unit="%"),
                Column("rules", "影响的规则", kind="number", unit="条", link=_to_lineage("规则")),
                Column(
                    "marts", "数据集市", kind="number", unit="个", wide=True, link=_to_lineage("数据集市")
                ),
                Column(
                    "submissions",
                    "上报数据",
                    kind="number",
                    unit="个",
                    wide=True,
                    link=_to_lineage("上报数据"),
                ),
                Column("rule_ids", "直接读取该表的规则", detail=True),
            ),
        ),
        Table(
            name="stubs",
            title="占位：被引用而来源中没有的记录",
            source="meta.fate",
            empty="没有。",
            note="只有编号，其余为空；依赖它的规则为无法判定。",
            query=f"""
                select table_name, row_key, cells, message_zh, case reason {_REMEDIES} end as remedy
                from meta.fate
                where fate = 'stub'
                order by table_name, row_key""",
            columns=(
                Column("table_name", "表", kind="code", labels=TABLE_NAMES, filter=True),
                Column("row_key", "编号"),
                Column("cells", "引用它的记录", kind="number", unit="行"),
                Column("message_zh", "说明"),
                Column("remedy", "怎么办", wide=True),
            ),
        ),
        Table(
            name="left_out",
            title="未读取的文件、工作表、列和行",
            source="meta.source_fate",
            empty="没有。",
            note="可能有关的列在前。",
            query="""
                select
                    case when warns then '须留意' else '' end as heed,
                    file, sheet, line, name, table_name, row_count, message_zh
                from meta.source_fate
                where outcome = 'left_out'
                order by warns desc, position""",
            columns=(
                Column("heed", "须留意", filter=True),
                Column("file", "文件", filter=True),
                Column("sheet", "工作表", wide=True),
                Column("line", "行", kind="number", wide=True),
                Column("name", "列名"),
                Column("table_name", "表", kind="code", labels=TABLE_NAMES, filter=True, wide=True),
                Column("row_count", "行数", kind="number", unit="行", wide=True),
                Column("message_zh", "说明"),
            ),
        ),
        Table(
            name="repairs",
            title="入库时的修复",
            source="meta.fate",
            empty="没有修复。",
            note="示例见落地批次中的 fates.parquet。",
            query="""
                select table_name, column_name, reason as kind, sum(cells) as cells, min(source_row) as first_line
                from meta.fate
                where fate = 'repaired'
                group by all
                order by cells desc, table_name, column_name, kind""",
            columns=(
                Column("table_name", "表", kind="code", labels=TABLE_NAMES, filter=True),
                Column("column_name", "列"),
                Column("kind", "修复", kind="code", labels=REPAIR, filter=True),
                Column("cells", "单元格", kind="number", unit="处"),
                Column("first_line", "首见于行", kind="number", wide=True),
            ),
        ),
    ),
)
