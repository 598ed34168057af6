-- 9.1 (1) Last year's work report reaches CNCA by the day the authority sets.
with judged as (
    select
        body_id || '|' || period as subject_id,
        body_id,
        due_on as anchor_on,
        period,
        due_on,
        reported_on as observed_on,
        {{ deadline_state('due_on', 'reported_on', parameter('annual_report_horizon_days')) }} as state
    from {{ ref('int_report__annual_due') }}
    where kind = 'annual_work_report'
        and not is_foreseen
)

{{ judgement('judged', has=['due_on', 'observed_on'], evidence=['body_id', 'period']) }}
