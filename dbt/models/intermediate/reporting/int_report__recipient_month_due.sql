-- ZQHX 3.2.2 Every month's report of every body to each recipient, due by the 10th of the next month, and the day
-- on which that recipient accepted it. The months that are not over are foreseen.
with months as (
    select {{ add_months(month_start(effective_from('zqhx')), 'month_no') }} as month_on
    from (
        select
            {{ explode_count(
                month_number(add_days(as_of(), parameter('submission_calendar_days')))
                ~ ' + 1 - ' ~ month_number(effective_from('zqhx'))
            ) }} as month_no
    ) as counted
),

recipients as (
    select {{ explode_list(parameter('zqhx_monthly_report_recipients')) }} as recipient
),

obligations as (
    select
        bodies.body_id,
        recipients.recipient,
        months.month_on,
        {{ month_text('months.month_on') }} as period,
        bodies.is_stub as is_stub_body,
        months.month_on >= {{ month_start(as_of()) }} as is_foreseen,
        {{ add_days(add_months('months.month_on', 1), parameter('zqhx_monthly_report_day', on='months.month_on') ~ ' - 1') }} as due_on
    from {{ ref('stg_certification_body') }} as bodies
    cross join months
    cross join recipients
),

reports as (
    select
        body_id,
        period,
        recipient,
        min(reported_on) as reported_on,
        min(unsure_on) as unsure_on,
        bool_or(has_unsure_day) as has_unsure_day
    from {{ ref('int_report__accepted') }}
    where kind = 'monthly_report'
    group by body_id, period, recipient
)

select
    obligations.*,
    reports.reported_on,
    reports.unsure_on,
    reports.has_unsure_day
from obligations
left join reports
    on obligations.body_id = reports.body_id
    and obligations.period = reports.period
    and obligations.recipient = reports.recipient
