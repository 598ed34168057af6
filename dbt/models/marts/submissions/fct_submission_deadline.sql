-- What is due to CNCA and when, done or not: audit plans (9.2), certification results and monthly reports
-- (9.3), status changes (9.4), annual reports (9.1). Obligations from before the rule are left out.
with judged as (
    select
        *,
        {{ deadline_state('due_on', 'reported_on', 'horizon_days') }} as state
    from {{ ref('int_report__obligation') }}
    where profile = 'cnca'
        and is_demanded
),

subjects as (
    select
        judged.*,
        case judged.subject_type
            when 'certificate' then judged.subject_id
            when 'event' then events.certificate_id
            when 'audit' then audits.certificate_id
        end as certificate_id
    from judged
    left join {{ ref('int_certificate__event') }} as events
        on case when judged.subject_type = 'event' then judged.subject_id end = events.event_id
    left join {{ ref('stg_audit') }} as audits
        on case when judged.subject_type = 'audit' then judged.subject_id end = audits.audit_id
)

select
    body_id,
    report_kind as kind,
    subject_type,
    subject_id,
    case when subject_type = 'body' then period end as period,
    certificate_id,
    due_on,
    {{ month_text('due_on') }} as due_month,
    reported_on as done_on,
    state,
    case
        when state = 'undetermined' then 'undetermined'
        when reported_on > due_on then 'late'
        when reported_on is not null then 'on_time'
        when state = 'breach' then 'overdue'
        else 'open'
    end as progress,
    cast({{ days_between(as_of(), 'due_on') }} as integer) as days_left
from subjects
