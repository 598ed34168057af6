-- What is due to CNCA and when, done or not: audit plans (9.2), certification results and monthly reports
-- (9.3), status changes (9.4), annual reports (9.1). Obligations from before the rule are left out.
with obligations as (
    select
        body_id,
        'audit_plan' as kind,
        'audit' as subject_type,
        audit_id as subject_id,
        cast(null as {{ dbt.type_string() }}) as period,
        start_on as anchor_on,
        due_on,
        reported_on as done_on,
        {{ parameter('audit_plan_horizon_days') }} as horizon_days
    from {{ ref('int_report__audit_plan_due') }}
    union all
    select
        body_id,
        'certification_result' as kind,
        'certificate' as subject_type,
        certificate_id as subject_id,
        cast(null as {{ dbt.type_string() }}) as period,
        issued_on as anchor_on,
        due_on,
        reported_on as done_on,
        {{ parameter('result_report_horizon_days') }} as horizon_days
    from {{ ref('int_report__result_due') }}
    union all
    select
        body_id,
        'status_change' as kind,
        'event' as subject_type,
        event_id as subject_id,
        cast(null as {{ dbt.type_string() }}) as period,
        effective_on as anchor_on,
        due_on,
        reported_on as done_on,
        {{ parameter('status_report_horizon_days') }} as horizon_days
    from {{ ref('int_report__status_change_due') }}
    union all
    select
        body_id,
        'monthly_report' as kind,
        'body' as subject_type,
        body_id as subject_id,
        period,
        month as anchor_on,
        due_on,
        reported_on as done_on,
        {{ parameter('result_report_horizon_days') }} as horizon_days
    from {{ ref('int_report__monthly_due') }}
    union all
    select
        body_id,
        kind,
        'body' as subject_type,
        body_id as subject_id,
        period,
        due_on as anchor_on,
        due_on,
        reported_on as done_on,
        {{ parameter('annual_report_horizon_days') }} as horizon_days
    from {{ ref('int_report__annual_due') }}
),

judged as (
    select
        obligations.*,
        {{ deadline_state('due_on', 'done_on', 'horizon_days') }} as state
    from obligations
    inner join {{ ref('profile') }} as profiles
        on profiles.profile = 'cnca'
        and obligations.anchor_on >= profiles.effective_from
)

select
    body_id,
    kind,
    subject_type,
    subject_id,
    period,
    due_on,
    done_on,
    state,
    cast({{ days_between(as_of(), 'due_on') }} as integer) as days_left
from judged
