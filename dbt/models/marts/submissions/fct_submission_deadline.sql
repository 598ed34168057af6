-- What is due to CNCA and when, done or not: audit plans (9.2), certification results and monthly reports
-- (9.3), status changes (9.4), annual reports (9.1). Obligations from before the rule are left out.
with judged as (
    select
        *,
        {{ deadline_state('due_on', 'reported_on', 'horizon_days') }} as state
    from {{ ref('int_report__obligation') }}
    where profile = 'cnca'
        and is_demanded
)

select
    body_id,
    report_kind as kind,
    subject_type,
    subject_id,
    case when subject_type = 'body' then period end as period,
    due_on,
    reported_on as done_on,
    state,
    cast({{ days_between(as_of(), 'due_on') }} as integer) as days_left
from judged
