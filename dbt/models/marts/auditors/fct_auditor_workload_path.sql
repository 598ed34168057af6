-- 3.9 How a person's 365-day sum runs month by month, and what each month adds, done and planned.
with monthly as (
    select
        person_id,
        {{ month_start('day_on') }} as month,
        sum(load_days) as done_days,
        cast(0 as decimal(18, 6)) as planned_days
    from {{ ref('int_auditor__day') }}
    group by person_id, {{ month_start('day_on') }}
    union all
    select
        person_id,
        {{ month_start('day_on') }} as month,
        cast(0 as decimal(18, 6)) as done_days,
        sum(load_days) as planned_days
    from {{ ref('int_auditor__planned_day') }}
    group by person_id, {{ month_start('day_on') }}
),

months as (
    select
        person_id,
        month,
        sum(done_days) as done_days,
        sum(planned_days) as planned_days
    from monthly
    group by person_id, month
)

select
    windows.person_id,
    persons.body_id,
    days.month,
    days.day_on,
    windows.window_days,
    cast(coalesce(months.done_days, 0) as decimal(18, 6)) as done_days,
    cast(coalesce(months.planned_days, 0) as decimal(18, 6)) as planned_days,
    windows.is_forecast
from {{ ref('int_calendar__workload_day') }} as days
inner join {{ ref('int_auditor__rolling_window') }} as windows on days.day_on = windows.window_end_on
inner join {{ ref('stg_person') }} as persons on windows.person_id = persons.person_id
left join months
    on windows.person_id = months.person_id
    and days.month = months.month
