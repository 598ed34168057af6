-- 9.3 The certification result is reported by the 10th of the month after issue, holidays or not.
with judged as (
    select
        *,
        certificate_id as subject_id,
        issued_on as anchor_on,
        reported_on as observed_on,
        due_on < reporting_since as is_before_cut_over,
        case
            when is_unsure or is_reporting_since_unknown then 'undetermined'
            else {{ report_state('due_on', 'reported_on', parameter('result_report_horizon_days')) }}
        end as state
    from {{ ref('int_report__result_due') }}
)

{{ judgement(
    'judged',
    has=['due_on', 'observed_on'],
    member="nullif(is_unsure, true)",
    keys=['certificate_id', 'org_id'],
    abroad='is_abroad',
    exempt='is_before_cut_over',
    evidence=['certificate_no', 'issued_on', 'reporting_since']
) }}
