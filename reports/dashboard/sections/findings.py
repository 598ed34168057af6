"""The findings one by one: what was found, on what evidence, in which record, against which clause."""

from __future__ import annotations

from reports.columns import AddressLink, Column, Link, PageLink, RecordLink
from reports.dashboard.blocks import Table
from reports.evidence import key_labels, value_labels
from reports.labels import FINDING_STATE, PROFILE, RULE_SEVERITY, SUBJECT_TYPE
from reports.rulebook import CAUTIONS

_CAUTION = " ".join(
    f"when findings.rule_id in ({', '.join(map(repr, caution.rules))}) then '{caution.text}'"
    for caution in CAUTIONS
)
_STATES = " ".join(f"when '{state}' then '{label}'" for state, label in FINDING_STATE.items())
_PROFILES = " ".join(f"when '{profile}' then '{name}'" for profile, name in PROFILE.items())

CHAPTER = f"""
    case
        when findings.profile <> 'cnca' then case findings.profile {_PROFILES} else findings.profile end
        else split_part(findings.clause, '.', 1) || coalesce(' ' || chapters.title_zh, '')
    end"""
"""SQL: the chapter of a row of `findings` as readers see it; a body's own procedure counts as a chapter."""

CHAPTER_TITLE = (
    "left join marts.fct_clause_coverage as chapters on chapters.clause = split_part(findings.clause, '.', 1)"
)
"""SQL: the join that CHAPTER needs."""

FINDINGS = Table(
    name="findings",
    title="发现",
    source="marts.fct_rule_finding",
    empty="没有发现。",
    period="month",
    query=f"""
        select
            findings.state,
            findings.rule_id,
            findings.profile,
            findings.severity,
            {CHAPTER} as chapter,
            findings.clause,
            findings.title_zh,
            findings.subject_type,
            findings.subject_id,
            findings.subject_label,
            findings.certificate_id,
            findings.person_id,
            coalesce(
                'auditor.html#id=' || url_encode(findings.person_id),
                'certificate.html#id=' || url_encode(findings.certificate_id)
            ) as href,
            strftime(findings.month, '%Y-%m') as month,
            cast(findings.anchor_on as varchar) as anchor_on,
            cast(findings.due_on as varchar) as due_on,
            cast(findings.observed_on as varchar) as observed_on,
            cast(findings.measured as double) as measured,
            cast(findings.limit_value as double) as limit_value,
            findings.unit,
            case
                when starts_with(findings.message, sentence.opening)
                    then substr(
                        findings.message,
                        length(sentence.opening) + 1,
                        length(findings.message) - length(sentence.opening) - length(sentence.ending)
                    )
                else findings.message
            end as message,
            findings.evidence,
            case {_CAUTION} end as caution,
            bodies.name as body_name,
            findings.body_id,
            certificates.region_code,
            certificates.scope_codes
        from marts.fct_rule_finding as findings
        left join marts.dim_certificate as certificates using (certificate_id)
        left join marts.dim_certification_body as bodies on findings.body_id = bodies.body_id
        {CHAPTER_TITLE}
        -- What opens and ends the sentence stands in columns of its own: subject, conclusion, title, clause.
        cross join lateral (
            select
                coalesce(findings.subject_label, findings.subject_id) || '：'
                    || case findings.state {_STATES} end || '（' || findings.title_zh || '）。' as opening,
                '（条款 ' || findings.clause || '）' as ending
        ) as sentence
        order by
            case findings.state when 'breach' then 1 when 'warning' then 2 else 3 end,
            findings.due_on nulls last,
            findings.rule_id,
            findings.subject_id""",
    columns=(
        Column("state", "结论", kind="code", labels=FINDING_STATE, filter=True),
        Column("rule_id", "规则", filter=True, wide=True, link=Link("rules", {"q": "rule_id"})),
        Column("title_zh", "内容"),
        Column("subject_label", "对象", link=AddressLink("href")),
        Column("due_on", "期限", kind="date", wide=True),
        Column("message", "发现", wide=True),
        Column("clause", "条款", wide=True, link=PageLink("rulebook", "rule_id")),
        Column("body_name", "认证机构", wide=True),
        Column("chapter", "章", filter=True, detail=True),
        Column("severity", "规则级别", kind="code", labels=RULE_SEVERITY, filter=True, detail=True),
        Column("profile", "规则来源", kind="code", labels=PROFILE, detail=True),
        Column("subject_type", "对象类型", kind="code", labels=SUBJECT_TYPE, filter=True, detail=True),
        Column("subject_id", "对象编号", detail=True),
        Column("certificate_id", "证书", detail=True, link=RecordLink("certificate", "certificate_id")),
        Column("person_id", "人员", detail=True, link=RecordLink("auditor", "person_id")),
        Column("month", "依据月份", kind="date", detail=True),
        Column("anchor_on", "判定依据日", kind="date", detail=True),
        Column("observed_on", "实际日期", kind="date", detail=True),
        Column("measured", "实际数值", kind="number", detail=True),
        Column("limit_value", "限值", kind="number", detail=True),
        Column("unit", "数值单位", detail=True),
        Column("evidence", "依据", kind="json", keys=key_labels(), words=value_labels(), detail=True),
        Column("caution", "说明", detail=True),
    ),
)
"""`chapter`, `clause`, `month`, `body_name`, `rule_id` are what figures and other tables link by."""
