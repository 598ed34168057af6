-- 9.2 The plan of an on-site audit is reported to CNCA three days before the audit at the latest.
with audits as (
    select
        audit_id,
        body_id,
        status,
        case when actual_start <= {{ as_of() }} then actual_start else planned_start end as start_on
    from {{ ref('stg_audit') }}
    where status in ('planned', 'completed')
        and {{ list_has('systems', 'ITSMS') }}
        and coalesce(is_onsite, true)
),

reports as (
    select
        subject_id as audit_id,
        min(reported_on) as reported_on
    from {{ ref('int_report__accepted') }}
    where kind = 'audit_plan'
        and recipient = 'CNCA'
    group by subject_id
),

judged as (
    select
        audits.audit_id as subject_id,
        audits.body_id,
        audits.start_on as anchor_on,
        audits.start_on,
        audits.status,
        {{ add_days('audits.start_on', '-' ~ parameter('audit_plan_lead_days')) }} as due_on,
        reports.reported_on as observed_on
    from audits
    left join reports on audits.audit_id = reports.audit_id
),

stated as (
    select
        *,
        {{ deadline_state('due_on', 'observed_on', parameter('audit_plan_horizon_days')) }} as state
    from judged
)

{{ judgement('stated', has=['due_on', 'observed_on'], evidence=['start_on', 'status']) }}
