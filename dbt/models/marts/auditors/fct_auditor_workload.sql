-- 3.9 Every person against the limit of a cycle-year: reached, planned, forecast.
{% set limit = parameter('auditor_onsite_days_max') -%}
{% set warning = parameter('auditor_onsite_days_warning') -%}
select
    person_id,
    body_id,
    employment,
    rolling_max_days,
    rolling_max_end_on,
    current_window_days,
    calendar_year_days,
    planned_days,
    forecast_max_days,
    forecast_year_end_days,
    cast({{ warning }} as decimal(18, 6)) as warning_days,
    cast({{ limit }} as decimal(18, 6)) as limit_days,
    cast({{ limit }} - current_window_days as decimal(18, 6)) as room_days,
    state
from {{ ref('int_auditor__workload') }}
