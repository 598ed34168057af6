-- 9.4 Suspension, revocation and cancellation are reported within two working days.
with judged as (
    select
        event_id as subject_id,
        body_id,
        effective_on as anchor_on,
        certificate_id,
        event,
        effective_on,
        due_on,
        reported_on as observed_on,
        {{ deadline_state('due_on', 'reported_on', parameter('status_report_horizon_days')) }} as state
    from {{ ref('int_report__status_change_due') }}
    where event <> 'restored'
)

{{ judgement('judged', has=['due_on', 'observed_on'], evidence=['certificate_id', 'event', 'effective_on']) }}
