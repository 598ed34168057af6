-- 7.2.2, 9.4 A suspension has a term, of six months at most.
with judged as (
    select
        *,
        event_id as subject_id,
        effective_on as anchor_on,
        suspended_until as observed_on,
        event = 'suspended' and is_itsms as is_member,
        {{ add_months('effective_on', parameter('suspension_max_months', on='effective_on')) }} as latest_on
    from {{ ref('int_certificate__event') }}
    where {{ in_population("event = 'suspended'") }}
),

stated as (
    select
        *,
        case
            when {{ is_unreadable('suspended_until') }} then 'undetermined'
            when observed_on is null then 'breach'
            when observed_on > latest_on then 'breach'
            when observed_on < effective_on then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['observed_on'],
    keys=['event_id', 'certificate_id'],
    abroad='is_abroad',
    member='is_member',
    found=say('暂停自 {effective_on}，暂停至 {observed_on}，最晚应为 {latest_on}'),
    evidence=['certificate_id', 'effective_on', 'observed_on', 'latest_on']
) }}
