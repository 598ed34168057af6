"""What is made from what: from the source tables over the layers to rules, marts and files to report."""

from __future__ import annotations

from reports.columns import Column, PageLink
from reports.dashboard.blocks import Figure, Section, Table
from reports.figures import lineage_layers
from reports.labels import TABLE as TABLE_NAMES

LAYER = {
    "raw": "来源",
    "reference": "工作日历",
    "seeds": "参数与代码表",
    "staging": "清洗",
    "intermediate": "中间层",
    "rules": "规则",
    "marts": "数据集市",
    "submissions": "上报数据",
    "pages": "页面",
}
_LAYERS = " ".join(f"when '{layer}' then '{label}'" for layer, label in LAYER.items())

UPSTREAM = """
    edges as (
        select node, unnest(string_split(depends_on, ';')) as parent
        from meta.lineage
        where depends_on is not null
    ),

    upstream as (
        select node, parent as source from edges where parent like 'raw.%'
        union
        select edges.node, upstream.source
        from edges
        inner join upstream on edges.parent = upstream.node
    )"""
"""SQL, for `with recursive`: each node with every source table that it is made from, at whatever distance."""

_TABLES = " ".join(f"when 'raw.{name}' then '{label}'" for name, label in TABLE_NAMES.items())
_NODES = f"""
    select
        *,
        case layer {_LAYERS} else layer end as layer_zh,
        case when layer in ('raw', 'staging') then
            case replace(node, 'stg_', 'raw.') {_TABLES} end
        end as holds
    from meta.lineage
    -- The unions of rules are machinery: what they hold stands in the marts, rule by rule.
    where layer <> 'rules' or rule_id is not null"""

SECTION = Section(
    slug="quality-lineage",
    title="血缘",
    intro=(
        "每个数字从哪些来源表算出。来源表 → 清洗 → 中间层 → 规则和数据集市 → 上报数据；"
        "一张来源表有错，影响的是它所在行的各格。"
    ),
    blocks=(
        Figure(
            name="lineage_layers",
            title="来源表影响到的表和规则",
            source="meta.lineage",
            unit="个",
            query=f"""
                with recursive {UPSTREAM}

                select upstream.source || ';' as source, nodes.layer_zh, count(*) as nodes
                from upstream
                inner join ({_NODES}) as nodes on upstream.node = nodes.node
                group by all
                order by all""",
            drawing=lineage_layers.DRAWING,
        ),
        Table(
            name="lineage",
            title="表、规则及其来源",
            source="meta.lineage",
            note="搜索来源表的代码（如 raw.certificate;）可看它影响到的一切。",
            query=f"""
                with recursive {UPSTREAM},

                sources as (
                    select node, string_agg(source || ';', ' ' order by source) as sources
                    from upstream
                    group by node
                )

                select
                    nodes.node,
                    nodes.layer,
                    nodes.layer_zh,
                    nodes.rule_id,
                    coalesce(nodes.holds, rules.title_zh) as holds,
                    nodes.description,
                    replace(nodes.depends_on, ';', ' ') as parents,
                    coalesce(sources.sources, case when nodes.layer = 'raw' then nodes.node || ';' end) as sources
                from ({_NODES}) as nodes
                left join sources on nodes.node = sources.node
                left join marts.dim_rule as rules on nodes.rule_id = rules.rule_id
                order by
                    case nodes.layer
                        when 'raw' then 1 when 'reference' then 2 when 'seeds' then 3 when 'staging' then 4
                        when 'intermediate' then 5 when 'rules' then 6 when 'marts' then 7
                        when 'submissions' then 8 else 9
                    end,
                    nodes.node""",
            columns=(
                Column("layer_zh", "层", filter=True),
                Column("node", "名称"),
                Column("rule_id", "规则", wide=True, link=PageLink("rulebook", "rule_id")),
                Column("holds", "内容", wide=True),
                Column("sources", "来源表", wide=True),
                Column("parents", "直接来自", detail=True),
                Column("description", "开发说明", detail=True),
            ),
        ),
    ),
)
