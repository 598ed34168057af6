-- 7.2.1 A certificate is suspended within five days of the finding being established.
with events as (
    select
        *,
        {{ happened('established_on') }} as known_established_on,
        event = 'suspended' and is_itsms as is_member
    from {{ ref('int_certificate__event') }}
    where {{ in_population("event = 'suspended'") }}
),

judged as (
    select
        *,
        event_id as subject_id,
        effective_on as anchor_on,
        effective_on as observed_on,
        {{ add_days('known_established_on', parameter('suspension_days', on='effective_on')) }} as latest_on
    from events
),

stated as (
    select
        *,
        case
            when known_established_on is null then 'undetermined'
            when observed_on > latest_on then 'breach'
            when known_established_on > observed_on then 'warning'
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
    found=say('调查核实日 {known_established_on}，暂停日 {observed_on}，最晚应为 {latest_on}'),
    evidence=['certificate_id', 'known_established_on', 'observed_on', 'latest_on']
) }}
