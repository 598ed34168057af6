"""The page of one certificate: its life line, and what the line is made of."""

from __future__ import annotations

from reports.columns import Column, RecordLink
from reports.dashboard.blocks import Record, RecordFigure, Table
from reports.dashboard.sections.record_findings import findings_about
from reports.figures import life_line
from reports.labels import (
    AUDIT_STATUS,
    AUDIT_TYPE,
    CERTIFICATE_EVENT,
    CERTIFICATE_RELATION,
    CERTIFICATE_STATUS,
    DEADLINE_KIND,
    DEADLINE_PROGRESS,
    IS_MAIN,
    RELATED_CERTIFICATE,
    SURVEILLANCE_STATE,
)
from reports.reference import PROVINCE, SCOPE
from reports.rows import Rows

RECORD = Record(
    slug="certificate",
    title="证书",
    parent="certificates",
    name="org_name",
    query=Rows("marts.dim_certificate", renamed={"record_id": "certificate_id", "province": "province_code"}),
    columns=(
        Column("certificate_no", "证书编号"),
        Column("org_name", "获证组织"),
        Column("org_id", "组织编号"),
        Column("province", "地区", kind="code", labels=PROVINCE),
        Column("body_name", "认证机构"),
        Column("system", "体系"),
        Column("standard", "认证标准"),
        Column("status", "状态", kind="code", labels=CERTIFICATE_STATUS),
        Column("status_since", "状态起始", kind="date"),
        Column("issued_on", "发证", kind="date"),
        Column("expires_on", "有效期至", kind="date"),
        Column("first_certified_on", "初次获证", kind="date"),
        Column("next_surveillance_due_on", "下次监督期限", kind="date"),
        Column("cycle_no", "认证周期", kind="number"),
        Column("is_main", "主/子证书", kind="code", labels=IS_MAIN),
        Column("scope_codes", "业务范围", kind="codes", labels=SCOPE),
        Column("scope_text", "认证范围"),
    ),
    blocks=(
        RecordFigure(
            name="life_line",
            title="生命线",
            source="pages.page_certificate__life_line",
            unit="日期",
            query=Rows(
                "pages.page_certificate__life_line",
                order=("certificate_id", "place"),
                renamed={"record_id": "certificate_id", "on_day": "day_on"},
            ),
            draw=life_line.draw,
            words=life_line.WORDS,
            columns=life_line.COLUMNS,
        ),
        findings_about("certificate", "certificate_id", "与这张证书有关的全部发现"),
        Table(
            name="certificate_surveillance",
            title="监督审核",
            source="marts.fct_surveillance",
            empty="没有要求监督审核（子证书或其他体系）。",
            query=Rows(
                "marts.fct_surveillance",
                order=("certificate_id", "n"),
                renamed={"record_id": "certificate_id"},
            ),
            columns=(
                Column("n", "次", kind="number"),
                Column("progress", "情况", kind="code", labels=SURVEILLANCE_STATE),
                Column("due_on", "期限", kind="date"),
                Column("done_on", "完成", kind="date"),
                Column("days_overdue", "逾期", kind="number", unit="天"),
                Column("audit_id", "审核"),
            ),
        ),
        Table(
            name="certificate_audits",
            title="审核",
            source="marts.fct_certificate_audit, marts.fct_audit",
            empty="没有审核记录。",
            query=Rows(
                "marts.fct_certificate_audit",
                order=("certificate_id", "held_on", "audit_id"),
                renamed={"record_id": "certificate_id"},
            ),
            columns=(
                Column("audit_id", "审核"),
                Column("audit_type", "类型", kind="code", labels=AUDIT_TYPE),
                Column("status", "状态", kind="code", labels=AUDIT_STATUS),
                Column("actual_start", "开始", kind="date"),
                Column("actual_end", "结束", kind="date"),
                Column("planned_start", "计划开始", kind="date", wide=True),
                Column("onsite_days", "现场", kind="number", unit="人日", wide=True),
                Column("total_days", "合计", kind="number", unit="人日", wide=True),
                Column("relation", "与证书的关系", kind="code", labels=CERTIFICATE_RELATION, wide=True),
            ),
        ),
        Table(
            name="certificate_events",
            title="状态变化",
            source="marts.fct_certificate_event",
            empty="没有变化。",
            query=Rows(
                "marts.fct_certificate_event",
                order=("certificate_id", "effective_on", "seq", "event_id"),
                renamed={"record_id": "certificate_id"},
            ),
            columns=(
                Column("effective_on", "生效", kind="date"),
                Column("event", "变化", kind="code", labels=CERTIFICATE_EVENT),
                Column("reason_code", "原因（条款）"),
                Column("suspended_until", "暂停至", kind="date"),
                Column("published_on", "公布", kind="date", wide=True),
                Column("event_id", "编号", wide=True),
                Column("change_code", "变更类别", wide=True),
            ),
        ),
        Table(
            name="certificate_reports",
            title="向国家认监委的上报",
            source="marts.fct_submission_deadline",
            note="认证规则施行以来的上报义务。",
            empty="没有上报义务。",
            query=Rows(
                "pages.page_certificate__report",
                order=("certificate_id", "due_on", "kind", "subject_id"),
                renamed={"record_id": "certificate_id"},
            ),
            columns=(
                Column("kind", "事项", kind="code", labels=DEADLINE_KIND),
                Column("progress", "情况", kind="code", labels=DEADLINE_PROGRESS),
                Column("due_on", "期限", kind="date"),
                Column("done_on", "完成", kind="date"),
                Column("subject_id", "对象", wide=True),
            ),
        ),
        Table(
            name="certificate_family",
            title="相关证书",
            source="marts.dim_certificate",
            empty="没有相关证书。",
            query=Rows(
                "pages.page_certificate__relative",
                order=("certificate_id", "relation", "other_id"),
                renamed={"record_id": "certificate_id", "certificate_id": "other_id"},
            ),
            columns=(
                Column("relation", "关系", kind="code", labels=RELATED_CERTIFICATE),
                Column("certificate_id", "证书", link=RecordLink("certificate", "certificate_id")),
                Column("status", "状态", kind="code", labels=CERTIFICATE_STATUS),
                Column("issued_on", "发证", kind="date", wide=True),
                Column("expires_on", "有效期至", kind="date"),
            ),
        ),
    ),
)
