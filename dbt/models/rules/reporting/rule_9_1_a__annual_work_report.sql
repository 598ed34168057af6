-- 9.1 (1) Last year's work report reaches CNCA by the day the authority sets.
with judged as (
    select
        body_id || '|' || period as subject_id,
        body_id,
        due_on as anchor_on,
        period,
        due_on,
        reporting_since,
        reported_on as observed_on,
        due_on < reporting_since as is_before_cut_over,
        case
            when is_stub_body or is_reporting_since_unknown then 'undetermined'
            else {{ report_state('due_on', 'reported_on', parameter('annual_report_horizon_days')) }}
        end as state
    from {{ ref('int_report__annual_due') }}
    where kind = 'annual_work_report'
        and not is_foreseen
)

{{ judgement(
    'judged',
    has=['due_on', 'observed_on'],
    keys=['period'],
    exempt='is_before_cut_over',
    evidence=['body_id', 'period', 'reporting_since']
) }}
