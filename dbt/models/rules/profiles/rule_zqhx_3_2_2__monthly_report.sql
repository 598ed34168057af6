-- 3.2.2 Every month's report reaches CNCA, CNAS and CCAA by the 10th of the next month.
with months as (
    select {{ add_months(month_start(effective_from('zqhx')), 'month_no') }} as month_on
    from (
        select {{ explode_count(month_number(as_of()) ~ ' - ' ~ month_number(effective_from('zqhx'))) }} as month_no
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
        min(reported_on) as reported_on
    from {{ ref('int_report__accepted') }}
    where kind = 'monthly_report'
    group by body_id, period, recipient
),

judged as (
    select
        obligations.body_id || '|' || obligations.period || '|' || obligations.recipient as subject_id,
        obligations.body_id,
        obligations.month_on as anchor_on,
        obligations.period,
        obligations.recipient,
        obligations.due_on,
        reports.reported_on as observed_on
    from obligations
    left join reports
        on obligations.body_id = reports.body_id
        and obligations.period = reports.period
        and obligations.recipient = reports.recipient
),

stated as (
    select
        *,
        {{ deadline_state('due_on', 'observed_on', parameter('zqhx_monthly_report_horizon_days')) }} as state
    from judged
)

{{ judgement('stated', has=['due_on', 'observed_on'], evidence=['body_id', 'period', 'recipient']) }}
