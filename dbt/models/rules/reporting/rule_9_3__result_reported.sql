-- 9.3 The certification result is reported by the 10th of the month after issue, holidays or not.
with judged as (
    select
        certificate_id as subject_id,
        body_id,
        issued_on as anchor_on,
        certificate_no,
        issued_on,
        due_on,
        reported_on as observed_on,
        {{ deadline_state('due_on', 'reported_on', parameter('result_report_horizon_days')) }} as state
    from {{ ref('int_report__result_due') }}
)

{{ judgement('judged', has=['due_on', 'observed_on'], evidence=['certificate_no', 'issued_on']) }}
