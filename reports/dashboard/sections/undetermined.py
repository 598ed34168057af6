"""What could not be decided, what is missing for it, and how complete the columns are that rules read."""

from __future__ import annotations

from collections.abc import Mapping

from ingestion.contract import contract
from ingestion.sql import text as quoted
from reports.columns import Column, Link, PageLink
from reports.dashboard.blocks import Figure, Section, Table
from reports.evidence import key_labels
from reports.figures import missing_items
from reports.labels import PROFILE
from reports.labels import TABLE as TABLE_NAMES


def _map(labels: Mapping[str, str]) -> str:
    """SQL: a map from code to words."""
    return "map {" + ", ".join(f"{quoted(key)}: {quoted(label)}" for key, label in labels.items()) + "}"


def _columns(*, required: bool | None = None) -> dict[str, str]:
    """'table.column' of the contract -> its name in words."""
    return {
        f"{table.name}.{column.name}": f"{table.label_zh}·{column.label_zh}"
        for table in contract().tables.values()
        for column in table.columns
        if required is None or (column.required or column.pk) == required
    }


_OPTIONAL = ", ".join(quoted(name) for name in _columns(required=False))
_UNDETERMINED = """
    select
        body_id,
        profile,
        rule_id,
        title_zh,
        anchor_on,
        coalesce(
            list_filter(json_keys(evidence), key -> json_type(evidence, '$."' || key || '"') = 'NULL'), []
        ) as missing_keys
    from marts.fct_rule_finding
    where state = 'undetermined'"""
"""A value that the evidence has and that is empty is what the judgement lacked."""

_WORDED = f"""
    with found as ({_UNDETERMINED}),

    -- Few combinations, many findings: words are looked up once for each.
    worded as (
        select
            missing_keys,
            array_to_string(
                list_transform(missing_keys, key -> coalesce({_map(key_labels())}[key], key)), '、'
            ) as words
        from (select distinct missing_keys from found)
    )

    select
        found.* exclude (missing_keys),
        case
            when worded.words <> '' then worded.words
            when found.anchor_on is null then '判定依据日'
            else '见“何时无法判定”'
        end as missing
    from found
    inner join worded on found.missing_keys = worded.missing_keys"""

SECTION = Section(
    slug="quality-undetermined",
    title="无法判定与完整性",
    intro="无法判定不等于通过：补上所缺的数据，下次运行即可判定。",
    blocks=(
        Figure(
            name="missing_items",
            title="因缺什么而无法判定",
            source="marts.fct_rule_finding",
            unit="条",
            query=f"""
                select body_id, profile, missing, count(*) as findings
                from ({_WORDED})
                group by all
                order by all""",
            drawing=missing_items.DRAWING,
        ),
        Table(
            name="undetermined",
            title="无法判定的规则，和补上什么即可判定",
            source="marts.fct_rule_finding, marts.dim_rule",
            empty="没有无法判定的对象。",
            totals=True,
            query=f"""
                with counted as (
                    select
                        case when grouping(body_id) = 1 then '' else body_id end as body_id,
                        profile, rule_id, title_zh, missing, count(*) as findings
                    from ({_WORDED})
                    group by grouping sets (
                        (body_id, profile, rule_id, title_zh, missing), (profile, rule_id, title_zh, missing)
                    )
                ),

                rules as (
                    select
                        rule_id,
                        undetermined_when_zh,
                        array_to_string(
                            list_transform(
                                string_split(columns_read, ';'), name -> coalesce({_map(_columns())}[name], name)
                            ), '、'
                        ) as columns_zh
                    from marts.dim_rule
                    where rule_id in (select rule_id from counted)
                )

                select
                    counted.*,
                    rules.undetermined_when_zh,
                    rules.columns_zh
                from counted
                inner join rules on counted.rule_id = rules.rule_id
                order by counted.findings desc, counted.rule_id, counted.missing, counted.body_id""",
            columns=(
                Column("rule_id", "规则", link=PageLink("rulebook", "rule_id")),
                Column("title_zh", "内容"),
                Column("missing", "依据中未记录的", filter=True),
                Column(
                    "findings",
                    "无法判定",
                    kind="number",
                    unit="条",
                    link=Link("findings", {"rule_id": "rule_id"}, {"state": "undetermined"}),
                ),
                Column("undetermined_when_zh", "何时无法判定", wide=True),
                Column("columns_zh", "规则所用的列", detail=True),
                Column("profile", "规则来源", kind="code", labels=PROFILE, detail=True),
            ),
        ),
        Table(
            name="completeness",
            title="规则所用各列的完整性",
            source="marts.fct_column_completeness",
            note="只列可空的列。空值不一定是缺失：有些列只在特定情形下填写，看右侧是否有因此无法判定的。",
            query=f"""
                with reads as (
                    select rule_id, unnest(string_split(columns_read, ';')) as name from marts.dim_rule
                ),

                readers as (
                    select name, count(*) as rules, string_agg(rule_id, ' ' order by rule_id) as rule_ids
                    from reads
                    group by name
                ),

                lacking as (
                    select reads.name, count(*) as findings
                    from (
                        select rule_id, unnest(missing_keys) as missing_key from ({_UNDETERMINED})
                    ) as found
                    inner join reads
                        on found.rule_id = reads.rule_id and split_part(reads.name, '.', 2) = found.missing_key
                    group by reads.name
                ),

                named as (
                    select *, table_name || '.' || column_name as name from marts.fct_column_completeness
                )

                select
                    named.table_name,
                    coalesce({_map(_columns())}[named.name], named.name) as column_zh,
                    named.name,
                    named.records,
                    named.missing,
                    round(named.missing * 100.0 / nullif(named.records, 0), 2) as missing_percent,
                    coalesce(lacking.findings, 0) as findings,
                    readers.rules,
                    readers.rule_ids
                from named
                left join readers on named.name = readers.name
                left join lacking on named.name = lacking.name
                where named.name in ({_OPTIONAL})
                order by findings desc, missing_percent desc nulls last, named.name""",
            columns=(
                Column("table_name", "表", kind="code", labels=TABLE_NAMES, filter=True, wide=True),
                Column("column_zh", "列"),
                Column("records", "记录", kind="number", unit="条", wide=True),
                Column("missing", "空值", kind="number", unit="条"),
                Column("missing_percent", "空值率", kind="number", unit="%"),
                Column("findings", "因此无法判定", kind="number", unit="条"),
                Column("rules", "所用规则", kind="number", unit="条", wide=True),
                Column("rule_ids", "规则", detail=True),
                Column("name", "代码", detail=True),
            ),
        ),
    ),
)
