-- How a person's 365-day sum runs (clause 3.9): what is measured, what the plan adds, and the lines it is held against,
-- which stand at both ends only: a line needs no more.
select
    path.person_id,
    path.body_id,
    {{ month_text('path.month') }} as month,
    path.day_on,
    path.window_days,
    case when not path.is_forecast then path.window_days end as measured_days,
    case when path.day_on >= {{ as_of() }} then path.window_days end as forecast_days,
    case when path.is_end then workload.warning_days end as warning_days,
    case when path.is_end then workload.limit_days end as limit_days,
    path.done_days,
    path.planned_days
from (
    select
        *,
        day_on in (min(day_on) over (), max(day_on) over ()) as is_end
    from {{ ref('fct_auditor_workload_path') }}
) as path
inner join {{ ref('fct_auditor_workload') }} as workload on path.person_id = workload.person_id
