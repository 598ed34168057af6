-- 7.4 A certificate is not cancelled while it is suspended.
with events as (
    select
        events.*,
        events.event = 'cancelled' and events.is_itsms as is_member,
        contexts.is_suspended_before
    from {{ ref('int_certificate__event') }} as events
    left join {{ ref('int_certificate__event_context') }} as contexts on events.event_id = contexts.event_id
    where {{ in_population("events.event = 'cancelled'") }}
),

judged as (
    select
        *,
        event_id as subject_id,
        effective_on as anchor_on,
        effective_on as observed_on,
        case
            when is_suspended_before is null then 'undetermined'
            when is_suspended_before then 'breach'
            else 'pass'
        end as state
    from events
)

{{ judgement(
    'judged',
    has=['observed_on'],
    keys=['event_id', 'certificate_id'],
    abroad='is_abroad',
    member='is_member',
    found=say(
        '注销于 {observed_on}，{what}',
        what="case when is_suspended_before then '当时证书处于暂停状态' else '此前是否暂停，记录不足以判断' end"
    ),
    evidence=['certificate_id', 'observed_on']
) }}
