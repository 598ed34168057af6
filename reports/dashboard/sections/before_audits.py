"""Checks of what is planned, before it is done: what can still be put right (rules that end in -p)."""

from __future__ import annotations

from reports.columns import AddressLink, Column, PageLink
from reports.dashboard.blocks import Section, Table
from reports.labels import FINDING_STATE
from reports.rows import Rows

_SOURCE = "pages.page_finding"

SECTION = Section(
    slug="rules-before",
    title="审核前检查",
    intro="对已计划的审核和临近期限的决定预先检查。这里没有不符合：开始之前改好，就不会成为不符合。",
    blocks=(
        Table(
            name="before_audits",
            title="审核前检查",
            source=_SOURCE,
            empty="计划中没有需要调整的。",
            note="先列日期近的。",
            period="anchor_on",
            query=Rows(
                _SOURCE,
                order=("anchor_on", "state_place", "rule_id", "subject_id"),
                where={"purpose": "before"},
            ),
            columns=(
                Column("anchor_on", "日期", kind="date"),
                Column("state", "结论", kind="code", labels=FINDING_STATE, filter=True),
                Column("title_zh", "内容", link=PageLink("rulebook", "rule_id")),
                Column("subject_label", "对象", link=AddressLink("href")),
                Column("found", "发现", wide=True),
                Column("body_name", "认证机构", wide=True),
                Column("rule_id", "规则", filter=True, detail=True),
                Column("clause", "条款", detail=True),
                Column("due_on", "期限", kind="date", detail=True),
            ),
        ),
    ),
)
