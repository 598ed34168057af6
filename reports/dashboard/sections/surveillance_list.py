"""Every surveillance to be done, one row each: where all marks of the page lead."""

from __future__ import annotations

from reports.columns import Column, RecordLink
from reports.dashboard.blocks import Section, Table
from reports.labels import CERTIFICATE_STATUS, LEADER_GROUP, PLAN_STATE, SURVEILLANCE_HORIZON, YES_NO
from reports.reference import PROVINCE
from reports.rows import Rows

_SOURCE = "marts.fct_surveillance_open"

SECTION = Section(
    slug="surveillance-list",
    title="清单",
    intro="每一次未做的监督审核一行；图中的每一条、每一格都通向这里。",
    blocks=(
        Table(
            name="surveillance",
            title="逾期与将到期的监督审核",
            source=_SOURCE,
            note="先列在册的，再按到期日。",
            empty="没有逾期的，{parameter:surveillance_far_days} 天内也没有到期的。",
            period="due_on",
            query=Rows(
                _SOURCE,
                order=("-is_in_force", "due_on", "certificate_id", "n"),
                renamed={"in_force": "is_in_force"},
            ),
            columns=(
                Column("horizon", "期限", kind="code", labels=SURVEILLANCE_HORIZON, filter=True),
                Column("due_on", "到期日", kind="date"),
                Column("days_overdue", "逾期", kind="number", unit="天", wide=True),
                Column("days_to_due", "距到期", kind="number", unit="天", wide=True),
                Column("plan_state", "安排", kind="code", labels=PLAN_STATE, filter=True),
                Column("planned_start", "计划开始", kind="date", wide=True),
                Column("certificate_id", "证书", link=RecordLink("certificate", "certificate_id")),
                Column("org_name", "获证组织", wide=True),
                Column("n", "第几次", kind="number", wide=True),
                Column("leader_id", "组长", link=RecordLink("auditor", "leader_id"), wide=True),
                Column("leader_group", "组长在岗", kind="code", labels=LEADER_GROUP, filter=True, wide=True),
                Column("province_code", "地区", kind="code", labels=PROVINCE, filter=True, wide=True),
                Column("in_force", "在册", kind="code", labels=YES_NO, filter=True, wide=True),
                Column("status", "证书状态", kind="code", labels=CERTIFICATE_STATUS, detail=True),
                Column("body_name", "认证机构", detail=True),
                Column("branch_name", "实施审核的分支机构", detail=True),
                Column("planned_audit_id", "计划的审核", detail=True),
                Column("due_month", "到期月份", kind="date", detail=True),
                Column("region_code", "行政区划", detail=True),
                Column("scope_codes", "业务范围", detail=True),
                Column("body_id", "机构编号", detail=True),
            ),
        ),
    ),
)
