-- 3.9 Workload of every person on as_of; persons without load are there with zeros.
with windows as (
    select
        person_id,
        max(case when not is_forecast then window_days end) as rolling_max_days,
        max(case when window_end_on = {{ as_of() }} then window_days end) as current_window_days,
        max(case
            when is_forecast
                and window_end_on <= {{ add_days(as_of(), parameter('auditor_forecast_horizon_days')) }}
                then window_days
        end) as forecast_max_days
    from {{ ref('int_auditor__rolling_window') }}
    group by person_id
),

-- The first window that holds the maximum: when it was reached.
maximum_ends as (
    select
        windows.person_id,
        min(all_windows.window_end_on) as rolling_max_end_on
    from windows
    inner join {{ ref('int_auditor__rolling_window') }} as all_windows
        on windows.person_id = all_windows.person_id
        and windows.rolling_max_days = all_windows.window_days
    where not all_windows.is_forecast
    group by windows.person_id
),

calendar_year as (
    select
        person_id,
        sum(load_days) as calendar_year_days
    from {{ ref('int_auditor__day') }}
    where day_on >= {{ year_start(as_of()) }}
        and day_on <= {{ as_of() }}
    group by person_id
),

planned as (
    select
        person_id,
        sum(load_days) as planned_days,
        sum(case when {{ year_start('day_on') }} = {{ year_start(as_of()) }} then load_days else 0 end) as planned_this_year_days
    from {{ ref('int_auditor__planned_day') }}
    group by person_id
)

select
    persons.person_id,
    persons.body_id,
    persons.employment,
    cast(windows.rolling_max_days as decimal(18, 6)) as rolling_max_days,
    maximum_ends.rolling_max_end_on,
    cast(windows.current_window_days as decimal(18, 6)) as current_window_days,
    cast(coalesce(calendar_year.calendar_year_days, 0) as decimal(18, 6)) as calendar_year_days,
    cast(coalesce(planned.planned_days, 0) as decimal(18, 6)) as planned_days,
    cast(windows.forecast_max_days as decimal(18, 6)) as forecast_max_days,
    cast(coalesce(calendar_year.calendar_year_days, 0) + coalesce(planned.planned_this_year_days, 0) as decimal(18, 6))
        as forecast_year_end_days
from {{ ref('stg_person') }} as persons
inner join windows on persons.person_id = windows.person_id
left join maximum_ends on persons.person_id = maximum_ends.person_id
left join calendar_year on persons.person_id = calendar_year.person_id
left join planned on persons.person_id = planned.person_id
