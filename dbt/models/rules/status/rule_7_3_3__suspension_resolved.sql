-- 7.3 (3) When the term of a suspension is over, the certificate is restored, revoked or cancelled within 5 days.
with suspensions as (
    select *
    from {{ ref('int_certificate__event') }}
    where event = 'suspended'
        and suspended_until is not null
),

resolutions as (
    select
        suspensions.event_id,
        min(next_events.effective_on) as resolved_on
    from suspensions
    inner join {{ ref('int_certificate__event') }} as next_events
        on suspensions.certificate_id = next_events.certificate_id
        and next_events.event in ('restored', 'revoked', 'cancelled')
        and (
            next_events.effective_on > suspensions.effective_on
            or (next_events.effective_on = suspensions.effective_on and next_events.seq > suspensions.seq)
        )
    group by suspensions.event_id
),

judged as (
    select
        suspensions.event_id as subject_id,
        suspensions.body_id,
        suspensions.suspended_until as anchor_on,
        suspensions.certificate_id,
        suspensions.effective_on,
        suspensions.suspended_until,
        {{ add_days('suspensions.suspended_until', parameter('suspension_followup_days')) }} as due_on,
        least(resolutions.resolved_on, suspensions.ended_on) as observed_on
    from suspensions
    left join resolutions on suspensions.event_id = resolutions.event_id
),

stated as (
    select
        *,
        {{ deadline_state('due_on', 'observed_on', parameter('deadline_horizon_days')) }} as state
    from judged
)

{{ judgement('stated', has=['due_on', 'observed_on'], evidence=['certificate_id', 'effective_on', 'suspended_until']) }}
