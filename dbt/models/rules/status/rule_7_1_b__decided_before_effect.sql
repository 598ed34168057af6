-- 7.1 A status change is decided before it takes effect.
with kept as (
    select distinct certificates.body_id
    from {{ ref('stg_certificate_event') }} as events
    inner join {{ ref('stg_certificate') }} as certificates on events.certificate_id = certificates.certificate_id
    where events.decided_on is not null
        or {{ is_unreadable('decided_on', 'events') }}
),

events as (
    select
        *,
        {{ happened('decided_on') }} as known_decided_on,
        event in ('suspended', 'restored', 'revoked', 'cancelled') and is_itsms as is_member
    from {{ ref('int_certificate__event') }}
    where {{ in_population("event in ('suspended', 'restored', 'revoked', 'cancelled')") }}
),

judged as (
    select
        events.*,
        events.event_id as subject_id,
        events.effective_on as anchor_on,
        events.known_decided_on as observed_on,
        kept.body_id is not null or events.body_id is null as is_kept,
        case
            when events.known_decided_on is null then 'undetermined'
            when events.known_decided_on > events.effective_on then 'warning'
            else 'pass'
        end as state
    from events
    left join kept on events.body_id = kept.body_id
)

{{ judgement(
    'judged',
    has=['observed_on'],
    keys=['event_id', 'certificate_id'],
    abroad='is_abroad',
    exempt='not is_kept',
    member='is_member',
    found=say('{what}生效于 {effective_on}，决定于 {observed_on}，决定人员 {decided_by}', what=term('certificate_event', 'event')),
    evidence=['certificate_id', 'event', 'effective_on', 'observed_on', 'decided_by']
) }}
