-- 3.9 Every person's days on site in each calendar year, and the highest sum of any cycle-year (365 days) that ends
-- in it. Windows are looked at where one can hold the maximum: on days with load and on the year's first day.
with {% set days_before = parameter('cycle_year_days') | int - 1 -%}
years as (
    select distinct {{ year_start('month') }} as year_start_on
    from {{ ref('int_calendar__month') }}
),

grid as (
    select
        persons.person_id,
        persons.body_id,
        persons.employment,
        years.year_start_on
    from {{ ref('stg_person') }} as persons
    cross join years
    where persons.left_on is null
        or persons.left_on >= years.year_start_on
),

loads as (
    select
        person_id,
        day_on,
        load_days
    from {{ ref('int_auditor__day') }}
    union all
    select
        person_id,
        year_start_on as day_on,
        cast(0 as decimal(18, 6)) as load_days
    from grid
),

daily as (
    select
        person_id,
        day_on,
        {{ day_number('day_on') }} as day_no,
        sum(load_days) as load_days
    from loads
    group by person_id, day_on
),

windows as (
    select
        person_id,
        {{ year_start('day_on') }} as year_start_on,
        load_days,
        sum(load_days) over (
            partition by person_id
            order by day_no
            range between {{ days_before }} preceding and current row
        ) as window_days
    from daily
),

yearly as (
    select
        person_id,
        year_start_on,
        sum(load_days) as year_days,
        max(window_days) as rolling_max_days
    from windows
    group by person_id, year_start_on
)

select
    grid.person_id,
    {{ year_of('grid.year_start_on') }} as year,
    grid.body_id,
    grid.employment,
    cast(yearly.year_days as decimal(18, 6)) as year_days,
    cast(yearly.rolling_max_days as decimal(18, 6)) as rolling_max_days,
    cast({{ parameter('auditor_onsite_days_warning') }} as decimal(18, 6)) as warning_days,
    cast({{ parameter('auditor_onsite_days_max') }} as decimal(18, 6)) as limit_days,
    case
        when yearly.rolling_max_days > {{ parameter('auditor_onsite_days_max') }} then 'breach'
        when yearly.rolling_max_days > {{ parameter('auditor_onsite_days_warning') }} then 'warning'
        else 'pass'
    end as state
from grid
inner join yearly
    on grid.person_id = yearly.person_id
    and grid.year_start_on = yearly.year_start_on
