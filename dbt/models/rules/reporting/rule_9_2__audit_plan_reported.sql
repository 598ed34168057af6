-- 9.2 The plan of an on-site audit is reported to CNCA three days before the audit at the latest.
with judged as (
    select
        audit_id as subject_id,
        body_id,
        start_on as anchor_on,
        start_on,
        status as audit_status,
        due_on,
        reported_on as observed_on,
        {{ deadline_state('due_on', 'reported_on', parameter('audit_plan_horizon_days')) }} as state
    from {{ ref('int_report__audit_plan_due') }}
)

{{ judgement('judged', has=['due_on', 'observed_on'], evidence=['start_on', 'audit_status']) }}
