-- 3.2.2 The year's work report reaches CNAS and CCAA too. The procedure names no day: that of 9.1 is the house's, so a warning.
with recipients as (
    select {{ explode_list(parameter('zqhx_annual_report_recipients')) }} as recipient
),

obligations as (
    select
        due.body_id,
        due.is_stub_body,
        due.period,
        due.due_on,
        recipients.recipient
    from {{ ref('int_report__annual_due') }} as due
    cross join recipients
    where due.kind = 'annual_work_report'
        and not due.is_foreseen
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
    where kind = 'annual_work_report'
    group by body_id, period, recipient
),

judged as (
    select
        obligations.body_id || '|' || obligations.period || '|' || obligations.recipient as subject_id,
        obligations.body_id,
        obligations.is_stub_body,
        obligations.period,
        obligations.recipient,
        obligations.due_on as anchor_on,
        obligations.due_on,
        reports.reported_on as observed_on,
        {{ report_state(
            'obligations.due_on',
            'reports.reported_on',
            parameter('annual_report_horizon_days'),
            'reports.unsure_on',
            'reports.has_unsure_day'
        ) }} as deadline
    from obligations
    left join reports
        on obligations.body_id = reports.body_id
        and obligations.period = reports.period
        and obligations.recipient = reports.recipient
),

stated as (
    select
        *,
        case
            when is_stub_body then 'undetermined'
            when deadline = 'breach' then 'warning'
            else deadline
        end as state
    from judged
)

{{ judgement('stated', has=['due_on', 'observed_on'], keys=['period', 'recipient'], evidence=['body_id', 'period', 'recipient']) }}
