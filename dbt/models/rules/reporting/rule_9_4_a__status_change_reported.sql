-- 9.4 Suspension, revocation and cancellation are reported within two working days.
with reports as (
    select
        subject_id as event_id,
        min(reported_on) as reported_on
    from {{ ref('int_report__accepted') }}
    where kind = 'status_change'
        and coalesce(recipient, 'CNCA') = 'CNCA'
    group by subject_id
),

judged as (
    select
        events.event_id as subject_id,
        events.body_id,
        events.effective_on as anchor_on,
        events.certificate_id,
        events.event,
        events.effective_on,
        events.due_on,
        reports.reported_on as observed_on
    from {{ ref('int_report__status_change_due') }} as events
    left join reports on events.event_id = reports.event_id
),

stated as (
    select
        *,
        {{ deadline_state('due_on', 'observed_on', parameter('status_report_horizon_days')) }} as state
    from judged
)

{{ judgement('stated', has=['due_on', 'observed_on'], evidence=['certificate_id', 'event', 'effective_on']) }}
