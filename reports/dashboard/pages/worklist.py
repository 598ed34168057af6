"""What needs action today, of all domains in one list, most urgent first. Each line leads to its record.

Open obligations and limits come from the marts of their domain; every other deadline, and what went wrong in the
last days, from the findings of the rules.
"""

from __future__ import annotations

from reports.columns import AddressLink, Column, RecordLink
from reports.dashboard.blocks import Table
from reports.labels import FINDING_STATE, URGENCY, WORK_DOMAIN
from reports.rows import Rows

QUERY = Rows(
    "pages.page_worklist",
    order=(
        "urgency_place",
        "domain_place",
        "^due_on",
        "certificate_id",
        "person_id",
        "what",
        "subject",
        "line_id",
    ),
)

TABLE = Table(
    name="worklist",
    title="待办，按紧急程度",
    source="pages.page_worklist",
    note=(
        "已逾期或超限的在前，"
        "然后 {parameter:worklist_soon_days} 天内、{parameter:worklist_ahead_days} 天内到期的，"
        "最后是近 {parameter:worklist_back_days} 天新发现的不符合。"
        "上报只列 {parameter:worklist_soon_days} 天内到期的，其余见“上报”页。点事项看清单，点对象看记录。"
    ),
    empty="没有待办。",
    period="due_on",
    query=QUERY,
    columns=(
        Column("urgency", "紧急程度", kind="code", labels=URGENCY, filter=True),
        Column("domain", "类别", kind="code", labels=WORK_DOMAIN, filter=True, wide=True),
        Column("what", "事项", link=AddressLink("list_href")),
        Column("subject", "对象", link=AddressLink("href")),
        Column("due_on", "期限", kind="date", wide=True),
        Column("days_left", "剩余", kind="number", unit="天", wide=True),
        Column("body_name", "认证机构", wide=True),
        Column("next_step", "下一步", wide=True, detail=True),
        Column("state", "结论", kind="code", labels=FINDING_STATE, detail=True),
        Column("found", "发现", detail=True),
        Column("responsible_id", "责任人", detail=True, link=RecordLink("auditor", "responsible_id")),
        Column("certificate_id", "证书", wide=True, detail=True),
        Column("person_id", "人员编号", detail=True),
    ),
)
