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
    RELATED_CERTIFICATE,
    SURVEILLANCE_STATE,
)
from reports.reference import PROVINCE, SCOPE
from reports.words_in_sql import words_case

_HAPPENINGS = f"""
    select certificate_id as record_id, from_on as day_on, '状态' as lane, status as mark,
        '起' as said, 1 as part
    from marts.fct_certificate_status_interval
    union all
    select intervals.certificate_id, coalesce(intervals.to_on, run.as_of), '状态', intervals.status,
        case when intervals.to_on is null then '至今' else '止' end, 1
    from marts.fct_certificate_status_interval as intervals
    cross join marts.dim_run as run
    union all
    select certificate_id, expires_on, '状态', 'expiry', '', 2
    from marts.dim_certificate
    where expires_on is not null
    union all
    select held.certificate_id, coalesce(audits.actual_end, audits.planned_start), '审核',
        case when audits.is_done then 'audit_done' else 'audit_planned' end,
        {words_case("audits.audit_type", AUDIT_TYPE)}, 3
    from marts.fct_certificate_audit as held
    inner join marts.fct_audit as audits on held.audit_id = audits.audit_id
    where (audits.is_done or audits.status = 'planned')
        and coalesce(audits.actual_end, audits.planned_start) is not null
    union all
    select certificate_id, due_on, '监督期限',
        case when done_on is not null then 'due_done' when is_overdue then 'due_overdue' else 'due_open' end,
        '第 ' || cast(n as varchar) || ' 次', 4
    from marts.fct_surveillance
    where state <> 'not_applicable'
    union all
    select certificate_id, effective_on, '变更', 'event',
        {words_case("event", CERTIFICATE_EVENT)}, 5
    from marts.fct_certificate_event
    union all
    select certificate_id, coalesce(due_on, anchor_on), '发现', state,
        '条款 ' || clause || ' ' || title_zh, 6
    from marts.fct_rule_finding
    where certificate_id is not null and coalesce(due_on, anchor_on) is not null"""

RECORD = Record(
    slug="certificate",
    title="证书",
    parent="certificates",
    name="org_name",
    query="""
        select
            certificate_id as record_id,
            certificate_no,
            org_name,
            org_id,
            body_name,
            system,
            standard,
            status,
            cast(status_since as varchar) as status_since,
            cast(issued_on as varchar) as issued_on,
            cast(expires_on as varchar) as expires_on,
            cast(first_certified_on as varchar) as first_certified_on,
            cast(next_surveillance_due_on as varchar) as next_surveillance_due_on,
            cycle_no,
            case when is_main then '主证书' else '子证书' end as is_main,
            left(region_code, 2) as province,
            scope_codes,
            scope_text
        from marts.dim_certificate""",
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
        Column("is_main", "主/子证书"),
        Column("scope_codes", "业务范围", kind="codes", labels=SCOPE),
        Column("scope_text", "认证范围"),
    ),
    blocks=(
        RecordFigure(
            name="life_line",
            title="生命线",
            source="marts.fct_certificate_status_interval、fct_audit、fct_surveillance、fct_certificate_event、fct_rule_finding",
            unit="日期",
            query=f"""
                select record_id, cast(day_on as varchar) as on_day, lane, mark, said
                from ({_HAPPENINGS})
                order by record_id, part, day_on, mark, said""",
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
            query="""
                select
                    certificate_id as record_id, n, cast(due_on as varchar) as due_on,
                    cast(done_on as varchar) as done_on, days_overdue, audit_id,
                    case
                        when state = 'not_applicable' then 'not_applicable'
                        when done_on is not null and done_on <= due_on then 'done'
                        when done_on is not null then 'done_late'
                        when is_overdue then 'overdue'
                        else 'open'
                    end as progress
                from marts.fct_surveillance
                order by record_id, n""",
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
            query="""
                select
                    held.certificate_id as record_id, audits.audit_id, audits.audit_type, audits.status,
                    held.relation, cast(audits.planned_start as varchar) as planned_start,
                    cast(audits.actual_start as varchar) as actual_start,
                    cast(audits.actual_end as varchar) as actual_end,
                    audits.onsite_days, audits.total_days
                from marts.fct_certificate_audit as held
                inner join marts.fct_audit as audits on held.audit_id = audits.audit_id
                order by record_id, coalesce(audits.actual_start, audits.planned_start), audits.audit_id""",
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
            query="""
                select
                    certificate_id as record_id, event_id, event, cast(effective_on as varchar) as effective_on,
                    cast(suspended_until as varchar) as suspended_until, reason_code, change_code,
                    cast(published_on as varchar) as published_on
                from marts.fct_certificate_event
                order by record_id, effective_on, seq, event_id""",
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
            query="""
                with subjects as (
                    select certificate_id, 'certificate' as subject_type, certificate_id as subject_id
                    from marts.dim_certificate
                    union all
                    select certificate_id, 'audit' as subject_type, audit_id as subject_id
                    from marts.fct_certificate_audit
                    union all
                    select certificate_id, 'event' as subject_type, event_id as subject_id
                    from marts.fct_certificate_event
                )

                select
                    subjects.certificate_id as record_id, deadlines.kind, deadlines.subject_id,
                    cast(deadlines.due_on as varchar) as due_on, cast(deadlines.done_on as varchar) as done_on,
                    case
                        when deadlines.state = 'undetermined' then 'undetermined'
                        when deadlines.done_on > deadlines.due_on then 'late'
                        when deadlines.done_on is not null then 'on_time'
                        when deadlines.state = 'breach' then 'overdue'
                        else 'open'
                    end as progress
                from marts.fct_submission_deadline as deadlines
                inner join subjects
                    on deadlines.subject_type = subjects.subject_type
                    and deadlines.subject_id = subjects.subject_id
                order by record_id, deadlines.due_on, deadlines.kind, deadlines.subject_id""",
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
            query="""
                with links as (
                    select certificate_id as record_id, parent_certificate_id as other_id, 'parent' as relation
                    from marts.dim_certificate
                    union all
                    select parent_certificate_id, certificate_id, 'branch' from marts.dim_certificate
                    union all
                    select certificate_id, previous_certificate_id, 'previous' from marts.dim_certificate
                    union all
                    select previous_certificate_id, certificate_id, 'next' from marts.dim_certificate
                )

                select
                    links.record_id, links.relation, others.certificate_id, others.status,
                    cast(others.issued_on as varchar) as issued_on,
                    cast(others.expires_on as varchar) as expires_on
                from links
                inner join marts.dim_certificate as others on links.other_id = others.certificate_id
                where links.record_id is not null
                order by record_id, links.relation, others.certificate_id""",
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
