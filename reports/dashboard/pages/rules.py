"""Conformity: findings by clause, every rule with its counts, and the findings with their evidence."""

from __future__ import annotations

from reports.columns import Column, Link, PageLink
from reports.dashboard.blocks import Figure, Page, Section, Table
from reports.evidence import key_labels, value_labels
from reports.figures.findings_by_clause import DRAWING
from reports.labels import CLAUSE_DECISION, FINDING_STATE, PROFILE, SUBJECT_TYPE
from reports.rulebook import CAUTIONS

_CAUTION = " ".join(
    f"when findings.rule_id in ({', '.join(map(repr, caution.rules))}) then '{caution.text}'"
    for caution in CAUTIONS
)
_IN_RULE_BOOK = PageLink("rulebook", "rule_id")


def _to_findings(state: str) -> Link:
    return Link("findings", {"rule_id": "rule_id"}, {"state": state})


_SECTION = Section(
    slug="rules-section",
    title="规则符合性",
    intro="每条规则对其全部对象逐一判定：通过、预警、不符合、无法判定、不适用。无法判定是缺少数据，不等于通过。",
    blocks=(
        Figure(
            name="findings_by_clause",
            title="发现，按条款",
            source="marts.fct_rule_finding",
            unit="条",
            query="""
                select body_id, profile, clause, state, count(*) as findings
                from marts.fct_rule_finding
                group by all
                order by all""",
            drawing=DRAWING,
        ),
        Table(
            name="rules",
            title="规则与判定结果",
            source="marts.fct_rule_evaluation, marts.dim_rule",
            note="所有机构合计；点数字看相应的发现，展开一行看要求和判定方法。",
            query="""
                select
                    evaluations.rule_id,
                    evaluations.profile,
                    rules.clause,
                    rules.title_zh,
                    evaluations.breach,
                    evaluations.warning,
                    evaluations.undetermined,
                    evaluations.passed,
                    evaluations.not_applicable,
                    evaluations.population,
                    rules.demand_zh,
                    rules.decided_zh,
                    rules.undetermined_when_zh,
                    rules.parameters,
                    rules.columns_read,
                    cast(rules.effective_from as varchar) as effective_from
                from marts.fct_rule_evaluation as evaluations
                inner join marts.dim_rule as rules
                    on evaluations.rule_id = rules.rule_id and evaluations.profile = rules.profile
                order by evaluations.breach desc, evaluations.warning desc, evaluations.rule_id""",
            columns=(
                Column("rule_id", "规则"),
                Column("clause", "条款", wide=True, link=_IN_RULE_BOOK),
                Column("title_zh", "内容", link=_IN_RULE_BOOK),
                Column("breach", "不符合", kind="number", link=_to_findings("breach")),
                Column("warning", "预警", kind="number", link=_to_findings("warning")),
                Column(
                    "undetermined", "无法判定", kind="number", wide=True, link=_to_findings("undetermined")
                ),
                Column("passed", "通过", kind="number", wide=True),
                Column("not_applicable", "不适用", kind="number", wide=True),
                Column("population", "对象总数", kind="number", wide=True),
                Column("profile", "规则来源", kind="code", labels=PROFILE, filter=True, wide=True),
                Column("demand_zh", "要求", detail=True),
                Column("decided_zh", "判定方法", detail=True),
                Column("undetermined_when_zh", "何时无法判定", detail=True),
                Column("parameters", "参数", detail=True),
                Column("columns_read", "所用数据", detail=True),
                Column("effective_from", "生效日", kind="date", detail=True),
            ),
        ),
        Table(
            name="findings",
            title="发现",
            source="marts.fct_rule_finding",
            empty="没有发现。",
            note="点条款看规则手册中的要求和判定方法；展开一行看依据。",
            query=f"""
                select
                    findings.state,
                    findings.rule_id,
                    findings.profile,
                    findings.clause,
                    findings.title_zh,
                    findings.subject_type,
                    findings.subject_id,
                    findings.subject_label,
                    findings.org_id,
                    cast(findings.due_on as varchar) as due_on,
                    -- The sentence begins with the subject's label, which has a column of its own.
                    case
                        when starts_with(findings.message, findings.subject_label || '：')
                            then substr(findings.message, length(findings.subject_label) + 2)
                        else findings.message
                    end as message,
                    findings.evidence,
                    case {_CAUTION} end as caution,
                    bodies.name as body_name,
                    findings.body_id
                from marts.fct_rule_finding as findings
                left join marts.dim_certification_body as bodies on findings.body_id = bodies.body_id
                order by
                    case findings.state when 'breach' then 1 when 'warning' then 2 else 3 end,
                    findings.due_on nulls last,
                    findings.rule_id,
                    findings.subject_id""",
            columns=(
                Column("state", "结论", kind="code", labels=FINDING_STATE, filter=True),
                Column("rule_id", "规则", filter=True, wide=True, link=Link("rules", {"q": "rule_id"})),
                Column("clause", "条款", filter=True, wide=True, link=_IN_RULE_BOOK),
                Column("subject_type", "对象", kind="code", labels=SUBJECT_TYPE, filter=True, wide=True),
                Column("subject_id", "对象编号", wide=True),
                Column("subject_label", "对象名称"),
                Column("due_on", "期限", kind="date", wide=True),
                Column("message", "说明"),
                Column("body_name", "认证机构", wide=True),
                Column("profile", "规则来源", kind="code", labels=PROFILE, filter=True, detail=True),
                Column("title_zh", "规则内容", detail=True),
                Column("org_id", "组织编号", detail=True),
                Column("caution", "提示", detail=True),
                Column("evidence", "依据", kind="json", detail=True, keys=key_labels(), words=value_labels()),
            ),
        ),
        Table(
            name="coverage",
            title="条款覆盖",
            source="marts.fct_clause_coverage",
            note="认证规则的每一条款由什么判定；不由数据判定的，说明理由。",
            query="""
                select
                    clause, title_zh, decision, rule_ids, reason_zh,
                    'clause-' || replace(clause, ' ', '-') as anchor
                from marts.fct_clause_coverage
                order by position""",
            columns=(
                Column("clause", "条款", link=PageLink("rulebook", "anchor")),
                Column("title_zh", "内容"),
                Column("decision", "判定方式", kind="code", labels=CLAUSE_DECISION, filter=True),
                Column("rule_ids", "规则", wide=True),
                Column("reason_zh", "理由", wide=True),
            ),
        ),
    ),
)

PAGE = Page(slug="rules", title="规则符合性", sections=(_SECTION,))
