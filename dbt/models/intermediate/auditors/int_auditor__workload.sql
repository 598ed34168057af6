-- 3.9 Workload of every person on as_of; persons without load are there with zeros.
with windows as (
    select
        person_id,
        max(case when not is_forecast then window_days end) as rolling_max_days,
        max(case when not is_forecast then possible_window_days end) as possible_max_days,
        max(case when not is_forecast then in_force_window_days end) as in_force_max_days,
        max(case when not is_forecast then possible_in_force_window_days end) as possible_in_force_max_days,
        max(case when window_end_on = {{ as_of() }} then window_days end) as current_window_days,
        max(case
            when is_forecast
                and window_end_on <= {{ add_days(as_of(), parameter('auditor_forecast_horizon_days')) }}
                then window_days
        end) as forecast_max_days,
        max(case
            when is_forecast
                and window_end_on <= {{ add_days(as_of(), parameter('auditor_forecast_horizon_days')) }}
                then possible_window_days
        end) as possible_forecast_max_days
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
        sum(case when is_certain then load_days else 0 end) as calendar_year_days,
        sum(load_days) as possible_year_days,
        sum(case when is_certain and day_on >= {{ effective_from('cnca') }} then load_days else 0 end) as in_force_year_days,
        sum(case when day_on >= {{ effective_from('cnca') }} then load_days else 0 end) as possible_in_force_year_days
    from {{ ref('int_auditor__load') }}
    where not is_plan
        and day_on >= {{ year_start(as_of()) }}
    group by person_id
),

-- Days that nobody can lay on the calendar leave the sums open.
open_loads as (
    select
        person_id,
        bool_or(not is_plan) as has_open_load,
        bool_or(is_plan) as has_open_plan
    from {{ ref('int_auditor__load') }}
    where is_open
    group by person_id
),

planned as (
    select
        person_id,
        sum(load_days) as planned_days,
        sum(case when {{ year_start('day_on') }} = {{ year_start(as_of()) }} then load_days else 0 end) as planned_this_year_days
    from {{ ref('int_auditor__planned_day') }}
    group by person_id
),

summed as (
    select
        persons.person_id,
        persons.body_id,
        persons.employment,
        persons.is_stub,
        windows.*,
        maximum_ends.rolling_max_end_on,
        coalesce(calendar_year.calendar_year_days, 0) as calendar_year_days,
        coalesce(planned.planned_days, 0) as planned_days,
        coalesce(calendar_year.calendar_year_days, 0) + coalesce(planned.planned_this_year_days, 0) as forecast_year_end_days,
        coalesce(open_loads.has_open_load, false) as has_open_load,
        coalesce(open_loads.has_open_plan, false) as has_open_plan,
        -- What the rule measures: by the cycle-year that is chosen, on days since the rule is in force.
        case {{ parameter('cycle_year_mode') }}
            when 'calendar' then coalesce(calendar_year.in_force_year_days, 0)
            else windows.in_force_max_days
        end as judged_days,
        case {{ parameter('cycle_year_mode') }}
            when 'calendar' then coalesce(calendar_year.possible_in_force_year_days, 0)
            else windows.possible_in_force_max_days
        end as possible_judged_days,
        case {{ parameter('cycle_year_mode') }}
            when 'calendar' then coalesce(calendar_year.calendar_year_days, 0)
            else windows.rolling_max_days
        end as warned_days,
        case {{ parameter('cycle_year_mode') }}
            when 'calendar' then coalesce(calendar_year.possible_year_days, 0)
            else windows.possible_max_days
        end as possible_warned_days
    from {{ ref('stg_person') }} as persons
    inner join (
        select
            person_id as windowed_person_id,
            rolling_max_days,
            possible_max_days,
            current_window_days,
            in_force_max_days,
            possible_in_force_max_days,
            forecast_max_days,
            possible_forecast_max_days
        from windows
    ) as windows on persons.person_id = windows.windowed_person_id
    left join maximum_ends on persons.person_id = maximum_ends.person_id
    left join calendar_year on persons.person_id = calendar_year.person_id
    left join planned on persons.person_id = planned.person_id
    left join open_loads on persons.person_id = open_loads.person_id
)

select
    person_id,
    body_id,
    employment,
    is_stub,
    cast(rolling_max_days as decimal(18, 6)) as rolling_max_days,
    rolling_max_end_on,
    cast(judged_days as decimal(18, 6)) as judged_days,
    cast(current_window_days as decimal(18, 6)) as current_window_days,
    cast(calendar_year_days as decimal(18, 6)) as calendar_year_days,
    cast(planned_days as decimal(18, 6)) as planned_days,
    cast(forecast_max_days as decimal(18, 6)) as forecast_max_days,
    cast(forecast_year_end_days as decimal(18, 6)) as forecast_year_end_days,
    has_open_load or has_open_plan or possible_warned_days > warned_days as is_open,
    case
        when judged_days > {{ parameter('auditor_onsite_days_max') }} then 'breach'
        when is_stub or has_open_load or possible_judged_days > {{ parameter('auditor_onsite_days_max') }} then 'undetermined'
        when judged_days > {{ parameter('auditor_onsite_days_warning') }}
            or warned_days > {{ parameter('auditor_onsite_days_warning') }}
            or forecast_max_days > {{ parameter('auditor_onsite_days_max') }} then 'warning'
        when has_open_plan
            or possible_warned_days > {{ parameter('auditor_onsite_days_warning') }}
            or possible_forecast_max_days > {{ parameter('auditor_onsite_days_max') }} then 'undetermined'
        else 'pass'
    end as state
from summed
