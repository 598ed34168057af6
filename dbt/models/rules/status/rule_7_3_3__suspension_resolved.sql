-- 7.3 (3) When the term of a suspension is over, the certificate is restored, revoked or cancelled within 5 days. A
-- suspension without a term has the longest that 7.2.2 allows.
-- An event whose kind or day could not be read may have ended the suspension.
with unknown_ends as (
    select
        certificate_id,
        max(coalesce(effective_on, {{ as_of() }})) as latest_on
    from {{ ref('int_certificate__event') }}
    where event is null
        or (effective_on is null and event in ('restored', 'revoked', 'cancelled'))
    group by certificate_id
),

suspensions as (
    select
        events.*,
        events.event = 'suspended' and events.is_itsms as is_member,
        coalesce(
            events.suspended_until,
            {{ add_months('events.effective_on', parameter('suspension_max_months', on='events.effective_on')) }}
        ) as term_on,
        contexts.resolved_on,
        coalesce(unknown_ends.latest_on >= events.effective_on, false) as may_be_resolved
    from {{ ref('int_certificate__event') }} as events
    left join {{ ref('int_certificate__event_context') }} as contexts on events.event_id = contexts.event_id
    left join unknown_ends on events.certificate_id = unknown_ends.certificate_id
    where {{ in_population("events.event = 'suspended'") }}
),

judged as (
    select
        *,
        event_id as subject_id,
        case when effective_on is not null and not {{ is_unreadable('suspended_until') }} then term_on end as anchor_on,
        {{ add_days('term_on', parameter('suspension_followup_days')) }} as due_on,
        least(resolved_on, ended_on) as observed_on
    from suspensions
),

stated as (
    select
        *,
        case
            when anchor_on is null then 'undetermined'
            when is_certificate_unknown
                and coalesce(observed_on > due_on, {{ add_days('due_on', '-' ~ parameter('deadline_horizon_days')) }} <= {{ as_of() }})
                then 'undetermined'
            when may_be_resolved and coalesce(observed_on > due_on, {{ add_days('due_on', '-' ~ parameter('deadline_horizon_days')) }} <= {{ as_of() }})
                then 'undetermined'
            else {{ deadline_state('due_on', 'observed_on', parameter('deadline_horizon_days')) }}
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['due_on', 'observed_on'],
    keys=['event_id', 'certificate_id'],
    abroad='is_abroad',
    member='is_member',
    evidence=['certificate_id', 'effective_on', 'suspended_until', 'term_on']
) }}
