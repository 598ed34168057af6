"""Conformity: where findings lie and how they developed, every rule with its counts, the findings with evidence."""

from __future__ import annotations

from reports.columns import Column, Link, PageLink
from reports.dashboard.blocks import Figure, Indicator, Page, Section, Table
from reports.dashboard.sections.before_audits import SECTION as BEFORE
from reports.dashboard.sections.findings import FINDINGS
from reports.figures import (
    findings_by_body,
    findings_by_chapter,
    findings_by_clause,
    findings_trend,
    frequent_findings,
)
from reports.labels import CLAUSE_DECISION, PROFILE, RULE_SEVERITY, SUBJECT_TYPE
from reports.rows import Rows

_IN_RULE_BOOK = PageLink("rulebook", "rule_id")
_STATES = ("breach", "warning", "undetermined")
_COUNTED = Rows(
    "pages.page_finding__count",
    ones={**{state: ("state", state) for state in _STATES}, "findings": None},
    weight="findings",
)


def _finding_indicator(state: str, label: str, tone: str, note: str = "") -> Indicator:
    return Indicator(
        f"rules_{state}",
        label,
        "条",
        tone,
        f"go=findings&findings.state={state}",
        f"findings_{state}",
        ("body_id", "profile", "region_code", "scope_codes"),
        note,
    )


def _to_findings(state: str) -> Link:
    return Link("findings", {"rule_id": "rule_id"}, {"state": state})


_OVERVIEW = Section(
    slug="rules-overview",
    title="发现在哪里",
    intro=(
        "每条规则对其全部对象逐一判定：通过、预警、不符合、无法判定、不适用。无法判定是缺少数据，不等于通过。"
        "点图上的条看相应的发现。"
    ),
    blocks=(
        Figure(
            name="findings_by_chapter",
            title="发现，按章",
            source="pages.page_finding__count",
            unit="条",
            query=_COUNTED,
            drawing=findings_by_chapter.DRAWING,
            period="month",
        ),
        Figure(
            name="findings_by_body",
            title="发现，按机构",
            source="pages.page_finding__count",
            unit="条",
            query=_COUNTED,
            drawing=findings_by_body.DRAWING,
            period="month",
        ),
        Figure(
            name="findings_trend",
            title="不符合的变化，按判定依据日所在月份",
            source="marts.fct_rule_monthly",
            unit="条；不符合率 = 不符合 ÷（通过 + 预警 + 不符合）；国家规则生效前只含机构自有程序的规则",
            query=Rows("marts.fct_rule_monthly", where={"is_recent": True}, renamed={"month": "period"}),
            drawing=findings_trend.DRAWING,
            period="month",
        ),
        Figure(
            name="frequent_findings",
            title="发现最多的规则",
            source="pages.page_finding__count",
            unit="条",
            query=_COUNTED,
            drawing=frequent_findings.DRAWING,
            period="month",
        ),
    ),
)

_RULES = Section(
    slug="rules-list",
    title="规则",
    intro="选定机构时为该机构的数，否则为所有机构合计。点数字看相应的发现，展开一行看要求和判定方法。",
    blocks=(
        Figure(
            name="findings_by_clause",
            title="发现，按条款",
            source="pages.page_finding__count",
            unit="条",
            query=_COUNTED,
            drawing=findings_by_clause.DRAWING,
            period="month",
        ),
        Table(
            name="rules",
            title="规则与判定结果",
            source="pages.page_rule",
            note="“不适用”含规则生效前的对象。各状态之和等于对象总数。",
            totals=True,
            query=Rows("pages.page_rule", order=("body_id", "-breach", "-warning", "rule_id")),
            columns=(
                Column("rule_id", "规则", link=_IN_RULE_BOOK),
                Column("clause", "条款", wide=True),
                Column("title_zh", "内容", link=_IN_RULE_BOOK),
                Column("breach", "不符合", kind="number", link=_to_findings("breach")),
                Column("warning", "预警", kind="number", link=_to_findings("warning")),
                Column(
                    "undetermined", "无法判定", kind="number", wide=True, link=_to_findings("undetermined")
                ),
                Column("passed", "通过", kind="number", wide=True),
                Column("not_applicable", "不适用", kind="number", wide=True),
                Column("population", "对象总数", kind="number", wide=True),
                Column("severity", "规则级别", kind="code", labels=RULE_SEVERITY, filter=True, detail=True),
                Column("chapter", "章", filter=True, detail=True),
                Column("profile", "规则来源", kind="code", labels=PROFILE, detail=True),
                Column("subject_type", "判定对象", kind="code", labels=SUBJECT_TYPE, detail=True),
                Column("demand_zh", "要求", detail=True),
                Column("decided_zh", "判定方法", detail=True),
                Column("undetermined_when_zh", "何时无法判定", detail=True),
                Column("parameters_in_force", "现行参数", detail=True),
                Column("columns_read", "所用数据", detail=True),
                Column("effective_from", "生效日", kind="date", detail=True),
            ),
        ),
    ),
)

_FINDINGS = Section(
    slug="rules-findings",
    title="发现",
    intro="展开一行看判定的期限、实际、数值和依据；点对象看证书或人员的页，点条款看规则手册中的要求。",
    blocks=(FINDINGS,),
)

_CLAUSES = Section(
    slug="rules-clauses",
    title="条款覆盖",
    intro="规则的每一条款是怎样处理的：由数据判定、仅留证据、人工判断或说明性条款。",
    blocks=(
        Table(
            name="coverage",
            title="条款与判定方式",
            source="marts.fct_clause_coverage",
            query=Rows("marts.fct_clause_coverage", order=("position",)),
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

PAGE = Page(
    slug="rules",
    title="规则符合性",
    indicators=(
        _finding_indicator("breach", "不符合", "breach"),
        _finding_indicator("warning", "预警", "warning", "期限将到，或接近上限"),
        _finding_indicator("undetermined", "无法判定", "unknown", "缺少判定所需的数据，不等于通过"),
        Indicator(
            "rules_enabled",
            "启用的规则",
            "条",
            "plain",
            "go=rules",
            "rules_enabled",
            ("profile",),
        ),
    ),
    sections=(_OVERVIEW, _RULES, BEFORE, _FINDINGS, _CLAUSES),
)
