-- 7.1 A status change names its reason, of the clause that allows this change: 7.2 to suspend, 7.3 to revoke, 7.4 to cancel.
-- A body's own list of codes cannot be judged.
with events as (
    select
        *,
        {{ reason_of('reason_code') }} as reason,
        event in ('suspended', 'revoked', 'cancelled') and is_itsms as is_member
    from {{ ref('int_certificate__event') }}
    where {{ in_population("event in ('suspended', 'revoked', 'cancelled')") }}
),

judged as (
    select
        *,
        event_id as subject_id,
        effective_on as anchor_on,
        case
            when reason is null or reason not like '7.%' then 'undetermined'
            when event = 'suspended' and reason like '7.2%' then 'pass'
            when event = 'revoked' and reason like '7.3%' then 'pass'
            when event = 'cancelled' and reason like '7.4%' then 'pass'
            else 'breach'
        end as state
    from events
)

{{ judgement(
    'judged',
    keys=['event_id', 'certificate_id'],
    abroad='is_abroad',
    member='is_member',
    found=say('{what}生效于 {effective_on}，原因代码 {reason_code}', what=term('certificate_event', 'event')),
    evidence=['certificate_id', 'event', 'effective_on', 'reason_code']
) }}
