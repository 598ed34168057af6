"""What is still to be reported, one by one, with the days that are left and the next step."""

from __future__ import annotations

from reports.columns import Column, PageLink, RecordLink
from reports.dashboard.blocks import Table
from reports.figures.obligations_by_kind import URGENCY
from reports.labels import DEADLINE_KIND, SUBJECT_TYPE, SUBMISSION_KIND

ANSWER = {"none": "未报", "pending": "已报，待回执", "rejected": "被退回"}

_PERIODIC = (
    "case when due.kind = 'monthly_statistics' then due.period || '-' || due.recipient else due.period end"
)
_NEXT_STEP = """
    case
        when due.reported_state = 'rejected' then '按回执改正后重新报送'
        when due.reported_state = 'pending' then '等待回执'
        when latest.state = 'sent' then '等待回执'
        when latest.state in ('rejected', 'partly_accepted') then '按回执改正后重新报送'
        when latest.state = 'approved' then '报送，并登记报送日期'
        when latest.state = 'checked' then '送批准'
        when latest.state = 'prepared' and latest.errors > 0 then '改正 ' || latest.errors || ' 处错误后重新生成'
        when latest.state = 'prepared' then '校验'
        when due.prepare_from_on > run.as_of then due.prepare_from_on || ' 起可生成文件'
        else '生成文件并校验'
    end"""

OBLIGATIONS_QUERY = f"""
    with latest as (
        select * from filing
        qualify row_number() over (partition by kind, body_id, period order by version desc) = 1
    )

    select
        case
            when due.due_on is null then 'undetermined'
            when due.is_overdue then 'overdue'
            when due.days_left <= 7 then '7'
            when due.days_left <= 30 then '30'
            else 'later'
        end as urgency,
        cast(due.due_on as varchar) as due_on,
        due.days_left,
        due.kind,
        due.report_kind,
        due.period,
        due.recipient,
        due.subject_type,
        due.subject_id,
        due.reported_state,
        {_NEXT_STEP} as next_step,
        due.clause,
        due.rule_id,
        certificates.certificate_id,
        certificates.org_name,
        bodies.name as body_name,
        due.body_id
    from marts.fct_submission_calendar as due
    cross join marts.dim_run as run
    left join marts.dim_certification_body as bodies on due.body_id = bodies.body_id
    left join marts.dim_certificate as certificates
        on case when due.subject_type = 'certificate' then due.subject_id end = certificates.certificate_id
    left join latest
        on due.kind = latest.kind and due.body_id = latest.body_id and {_PERIODIC} = latest.period"""
"""What fct_submission_calendar holds, and how far the file that would discharge it has come."""

OBLIGATIONS = Table(
    name="obligations",
    title="待上报事项",
    source="marts.fct_submission_calendar，上报台账",
    note="逾期的，和 90 天内到期的。",
    empty="没有待上报的事项。",
    period="due_on",
    query=f"""
        select * from ({OBLIGATIONS_QUERY})
        order by urgency <> 'overdue', due_on nulls last, kind, subject_id, period, recipient""",
    columns=(
        Column("urgency", "期限情况", kind="code", labels=URGENCY, filter=True, wide=True),
        Column("due_on", "期限", kind="date"),
        Column("days_left", "剩余", kind="number", unit="天"),
        Column("kind", "上报文件", kind="code", labels=SUBMISSION_KIND, filter=True),
        Column("next_step", "下一步"),
        Column("period", "期间", wide=True),
        Column("subject_type", "对象", kind="code", labels=SUBJECT_TYPE, wide=True),
        Column("subject_id", "对象编号", wide=True, link=RecordLink("certificate", "certificate_id")),
        Column("reported_state", "上报情况", kind="code", labels=ANSWER, filter=True, wide=True),
        Column("recipient", "接收方", filter=True, wide=True),
        Column("body_name", "认证机构", wide=True),
        Column("org_name", "组织", detail=True),
        Column("report_kind", "事项", kind="code", labels=DEADLINE_KIND, detail=True),
        Column("clause", "条款", detail=True, link=PageLink("rulebook", "rule_id")),
        Column("rule_id", "规则", detail=True, link=PageLink("rulebook", "rule_id")),
    ),
)
