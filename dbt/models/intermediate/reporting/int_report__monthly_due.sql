-- 9.3 The month's certificates and results of every body that has ITSMS work, due by the 10th of the next
-- month; done when a monthly report for the period has been accepted. The months that begin after as_of and fall
-- due within the calendar's horizon are foreseen.
with bodies as (
    select distinct body_id
    from {{ ref('int_certificate__itsms') }}
),

reports as (
    select
        body_id,
        period,
        min(reported_on) as reported_on,
        min(unsure_on) as unsure_on,
        bool_or(has_unsure_day) as has_unsure_day
    from {{ ref('int_report__accepted') }}
    where kind = 'monthly_report'
        and coalesce(recipient, 'CNCA') = 'CNCA'
    group by body_id, period
),

ahead as (
    select {{ add_months(month_start(as_of()), 'month_no + 1') }} as month
    from ({{ months_ahead() }}) as counted
),

every_month as (
    select month from {{ ref('int_calendar__month') }}
    union all
    select month from ahead
),

months as (
    select
        bodies.body_id,
        every_month.month,
        {{ month_text('every_month.month') }} as period,
        {{ add_months('every_month.month', 1) }} > {{ as_of() }} as is_foreseen
    from bodies
    cross join every_month
)

select
    months.*,
    {{ add_days(add_months('months.month', 1), parameter('result_report_day_of_month', on='months.month') ~ ' - 1') }} as due_on,
    reports.reported_on,
    reports.unsure_on,
    reports.has_unsure_day
from months
left join reports
    on months.body_id = reports.body_id
    and months.period = reports.period
