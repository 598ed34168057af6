"""The findings one by one: what was found, on what evidence, in which record, against which clause."""

from __future__ import annotations

from reports.columns import AddressLink, Column, Link, PageLink, RecordLink
from reports.dashboard.blocks import Table
from reports.evidence import key_labels, value_labels
from reports.labels import FINDING_PURPOSE, FINDING_STATE, PROFILE, RULE_SEVERITY, SUBJECT_TYPE
from reports.rows import Rows

FINDINGS = Table(
    name="findings",
    title="发现",
    source="pages.page_finding",
    empty="没有发现。",
    period="month",
    query=Rows("pages.page_finding", order=("state_place", "due_on", "rule_id", "subject_id")),
    columns=(
        Column("state", "结论", kind="code", labels=FINDING_STATE, filter=True),
        Column("rule_id", "规则", filter=True, wide=True, link=Link("rules", {"q": "rule_id"})),
        Column("title_zh", "内容"),
        Column("purpose", "类别", kind="code", labels=FINDING_PURPOSE, filter=True, wide=True),
        Column("subject_label", "对象", link=AddressLink("href")),
        Column("due_on", "期限", kind="date", wide=True),
        Column("found", "发现", wide=True),
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
