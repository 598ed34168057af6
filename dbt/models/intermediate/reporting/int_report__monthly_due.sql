-- 9.3 The month's certificates and results of every body that has ITSMS work, due by the 10th of the next
-- month; done when a monthly report for the period has been accepted.
with bodies as (
    select distinct body_id
    from {{ ref('int_certificate__itsms') }}
),

reports as (
    select
        body_id,
        period,
        min(reported_on) as reported_on
    from {{ ref('int_report__accepted') }}
    where kind = 'monthly_report'
        and coalesce(recipient, 'CNCA') = 'CNCA'
    group by body_id, period
),

months as (
    select
        bodies.body_id,
        months.month,
        substr(cast(months.month as {{ dbt.type_string() }}), 1, 7) as period
    from bodies
    cross join {{ ref('int_calendar__month') }} as months
)

select
    months.*,
    {{ add_days(add_months('months.month', 1), parameter('result_report_day_of_month', on='months.month') ~ ' - 1') }} as due_on,
    reports.reported_on
from months
left join reports
    on months.body_id = reports.body_id
    and months.period = reports.period
