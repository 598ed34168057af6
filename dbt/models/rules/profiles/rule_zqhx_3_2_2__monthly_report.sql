-- 3.2.2 Every month's report reaches CNCA, CNAS and CCAA by the 10th of the next month.
with judged as (
    select
        body_id || '|' || period || '|' || recipient as subject_id,
        body_id,
        month_on as anchor_on,
        period,
        recipient,
        due_on,
        reported_on as observed_on,
        case
            when is_stub_body then 'undetermined'
            else {{ report_state('due_on', 'reported_on', parameter('zqhx_monthly_report_horizon_days')) }}
        end as state
    from {{ ref('int_report__recipient_month_due') }}
    where not is_foreseen
)

{{ judgement('judged', has=['due_on', 'observed_on'], keys=['period', 'recipient'], evidence=['body_id', 'period', 'recipient']) }}
