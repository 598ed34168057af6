"""The documents that the clauses ask a body for: whether one is on file and in force (RD-1)."""

from __future__ import annotations

from reports.columns import Column, Link, PageLink
from reports.dashboard.blocks import Section, Table
from reports.labels import FINDING_STATE
from reports.rows import Rows

_SOURCE = "pages.page_body_document"

SECTION = Section(
    slug="capacity-documents",
    title="机构文件",
    intro="条款要求机构具备的文件是否在册、是否在有效期内。文件写了什么由人判断；“通过”只说明在册。",
    blocks=(
        Table(
            name="body_documents",
            title="机构文件，按条款",
            source=_SOURCE,
            note="先列缺少和过期的。没有登记任何文件的机构为无法判定。",
            query=Rows(_SOURCE, order=("is_in_order", "position", "body_id")),
            columns=(
                Column("clause", "条款", link=PageLink("rulebook", "anchor")),
                Column("title_zh", "内容"),
                Column("state", "状态", kind="code", labels=FINDING_STATE, filter=True),
                Column(
                    "documents",
                    "在册",
                    kind="number",
                    unit="份",
                    wide=True,
                ),
                Column("last_valid_until", "最晚有效期至", kind="date", wide=True),
                Column("found", "发现", wide=True),
                Column("body_name", "认证机构", wide=True),
                Column("subject_id", "判定", detail=True, link=Link("findings", {"q": "subject_id"})),
            ),
        ),
    ),
)
