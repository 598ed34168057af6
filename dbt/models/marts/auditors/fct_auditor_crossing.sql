-- 3.9 When a person's 365-day sum passes the warning or the limit: days from the past year, and planned ones to come.
with {% set first_day = add_days(as_of(), '1 - ' ~ parameter('cycle_year_days')) -%}
levels as (
    select
        'warning' as level,
        cast({{ parameter('auditor_onsite_days_warning') }} as decimal(18, 6)) as level_days
    union all
    select
        'limit' as level,
        cast({{ parameter('auditor_onsite_days_max') }} as decimal(18, 6)) as level_days
),

-- The lower level first, so that few windows meet the levels.
windows as (
    select *
    from {{ ref('int_auditor__rolling_window') }}
    where window_days > {{ parameter('auditor_onsite_days_warning') }}
        or window_days > {{ parameter('auditor_onsite_days_max') }}
)

select
    windows.person_id,
    persons.body_id,
    bodies.name as body_name,
    levels.level,
    levels.level_days,
    windows.window_end_on as crossed_on,
    windows.window_days,
    windows.is_forecast,
    -- Already above before the year that is looked at: crossed on that day or earlier.
    windows.window_end_on = {{ first_day }} and windows.window_days_before > levels.level_days as is_earlier,
    {{ as_of() }} as as_of
from windows
inner join levels
    on windows.window_days > levels.level_days
    and (windows.window_days_before <= levels.level_days or windows.window_end_on = {{ first_day }})
inner join {{ ref('stg_person') }} as persons on windows.person_id = persons.person_id
inner join {{ ref('stg_certification_body') }} as bodies on persons.body_id = bodies.body_id
