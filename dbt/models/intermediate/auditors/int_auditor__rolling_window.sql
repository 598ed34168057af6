-- 3.9 Sums over every run of 365 days that can hold a person's maximum: windows that end on a day with
-- load, and the first window of each range. Measured windows end by as_of, forecast windows after it.
with {% set days = parameter('cycle_year_days') -%}
{% set days_before = days | int - 1 -%}
loads as (
    select
        person_id,
        day_on,
        load_days
    from {{ ref('int_auditor__day') }}
    union all
    select
        person_id,
        day_on,
        load_days
    from {{ ref('int_auditor__planned_day') }}
    union all
    -- The first days of both ranges, so that a window that only shrinks afterwards is seen.
    select
        person_id,
        {{ add_days(as_of(), '1 - ' ~ days) }} as day_on,
        cast(0 as decimal(18, 6)) as load_days
    from {{ ref('stg_person') }}
    union all
    select
        person_id,
        {{ as_of() }} as day_on,
        cast(0 as decimal(18, 6)) as load_days
    from {{ ref('stg_person') }}
    union all
    select
        person_id,
        {{ add_days(as_of(), 1) }} as day_on,
        cast(0 as decimal(18, 6)) as load_days
    from {{ ref('stg_person') }}
),

daily as (
    select
        person_id,
        day_on,
        {{ day_number('day_on') }} as day_no,
        cast(sum(load_days) as decimal(18, 6)) as load_days
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
        ) as decimal(18, 6)) as window_days
    from daily
)

select
    *,
    window_end_on > {{ as_of() }} as is_forecast
from windows
where window_end_on >= {{ add_days(as_of(), '1 - ' ~ days) }}
