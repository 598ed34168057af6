-- 3.9 Sums over runs of 365 days: the windows that end on a day with load, and so every one that can hold a person's
-- maximum or pass a limit first; the first window of each range; the windows that end on the days that are shown.
-- Measured windows end by as_of, forecast windows after it.
with {% set days = parameter('cycle_year_days') -%}
{% set days_before = days | int - 1 -%}
loads as (
    -- in_force_days: days before the rule came into force do not count for a breach. possible_days: with what nobody can
    -- say whether it counts.
    select
        person_id,
        day_on,
        case when is_certain then load_days else 0 end as load_days,
        load_days as possible_days,
        case when day_on >= {{ effective_from('cnca') }} and is_certain then load_days else 0 end as in_force_days,
        case when day_on >= {{ effective_from('cnca') }} then load_days else 0 end as possible_in_force_days
    from {{ ref('int_auditor__load') }}
    where day_on is not null
    union all
    -- The first days of both ranges, so that a window that only shrinks afterwards is seen.
    select
        persons.person_id,
        marks.day_on,
        cast(0 as decimal(18, 6)) as load_days,
        cast(0 as decimal(18, 6)) as possible_days,
        cast(0 as decimal(18, 6)) as in_force_days,
        cast(0 as decimal(18, 6)) as possible_in_force_days
    from {{ ref('stg_person') }} as persons
    cross join (
        select {{ add_days(as_of(), '1 - ' ~ days) }} as day_on
        union all
        select {{ add_days(as_of(), 1) }} as day_on
        union all
        select day_on
        from {{ ref('int_calendar__workload_day') }}
    ) as marks
),

daily as (
    select
        person_id,
        day_on,
        {{ day_number('day_on') }} as day_no,
        cast(sum(load_days) as decimal(18, 6)) as load_days,
        cast(sum(possible_days) as decimal(18, 6)) as possible_days,
        cast(sum(in_force_days) as decimal(18, 6)) as in_force_days,
        cast(sum(possible_in_force_days) as decimal(18, 6)) as possible_in_force_days
    from loads
    group by person_id, day_on
),

windows as (
    select
        person_id,
        day_on as window_end_on,
        cast(sum(load_days) over (
            partition by person_id
            order by day_no
            range between {{ days_before }} preceding and current row
        ) as decimal(18, 6)) as window_days,
        cast(sum(possible_days) over (
            partition by person_id
            order by day_no
            range between {{ days_before }} preceding and current row
        ) as decimal(18, 6)) as possible_window_days,
        cast(sum(in_force_days) over (
            partition by person_id
            order by day_no
            range between {{ days_before }} preceding and current row
        ) as decimal(18, 6)) as in_force_window_days,
        cast(sum(possible_in_force_days) over (
            partition by person_id
            order by day_no
            range between {{ days_before }} preceding and current row
        ) as decimal(18, 6)) as possible_in_force_window_days,
        -- The window that ended the day before: what passes a limit today was not above it yesterday.
        cast(coalesce(sum(load_days) over (
            partition by person_id
            order by day_no
            range between {{ days }} preceding and 1 preceding
        ), 0) as decimal(18, 6)) as window_days_before
    from daily
)

select
    *,
    window_end_on > {{ as_of() }} as is_forecast
from windows
where window_end_on >= {{ add_days(as_of(), '1 - ' ~ days) }}
