-- The end of a certificate: the earliest of revoked, cancelled, superseded and expired that has come by as_of; on one
-- day revoked goes before cancelled, superseded and expired. A sub-certificate ends with its main one at the latest: with
-- the current row of the main one's line, by that row's own end, one step up only. Never before the issue.
{% set ranks = {'revoked': 1, 'cancelled': 2, 'superseded': 3, 'expired': 4} -%}
with without_events as (
    select
        certificates.certificate_id,
        'superseded' as end_kind,
        {{ ranks['superseded'] }} as end_rank,
        greatest(min(successors.issued_on), certificates.issued_on) as ended_on
    from {{ ref('stg_certificate') }} as successors
    inner join {{ ref('stg_certificate') }} as certificates
        on successors.previous_certificate_id = certificates.certificate_id
    where successors.issued_on <= {{ as_of() }}
        and successors.certificate_id <> certificates.certificate_id
        and not certificates.is_stub
    group by certificates.certificate_id, certificates.issued_on
    union all
    select
        certificate_id,
        'expired' as end_kind,
        {{ ranks['expired'] }} as end_rank,
        greatest({{ add_days('expires_on', 1) }}, coalesce(issued_on, {{ add_days('expires_on', 1) }})) as ended_on
    from {{ ref('stg_certificate') }}
    where {{ add_days('expires_on', 1) }} <= {{ as_of() }}
),

-- An opening event whose day nobody knows: at the latest on the day of an end that is known.
by_events as (
    select
        events.certificate_id,
        events.event as end_kind,
        {{ worded_number('events.event', ranks) }} as end_rank,
        case
            when events.is_day_unknown then least(events.counted_on, min(without_events.ended_on))
            else events.counted_on
        end as ended_on,
        events.is_day_unknown
    from {{ ref('int_certificate__status_event') }} as events
    left join without_events
        on events.certificate_id = without_events.certificate_id
        and events.is_day_unknown
    where events.event in ('revoked', 'cancelled')
    group by events.certificate_id, events.event_id, events.event, events.counted_on, events.is_day_unknown
),

own as (
    select
        certificate_id,
        end_kind,
        end_rank,
        ended_on,
        is_day_unknown
    from (
        select
            certificate_id,
            end_kind,
            end_rank,
            ended_on,
            is_day_unknown
        from by_events
        union all
        select
            certificate_id,
            end_kind,
            end_rank,
            ended_on,
            false as is_day_unknown
        from without_events
    ) as ends
    -- One that counts as of an issue still to come has not happened yet.
    where ended_on <= {{ as_of() }}
    qualify row_number() over (partition by certificate_id order by ended_on, end_rank) = 1
),

inherited as (
    select
        certificates.certificate_id,
        own.end_kind,
        own.end_rank,
        greatest(own.ended_on, coalesce(certificates.issued_on, own.ended_on)) as ended_on,
        own.is_day_unknown
    from {{ ref('stg_certificate') }} as certificates
    inner join {{ ref('int_certificate__line') }} as lines on certificates.parent_certificate_id = lines.certificate_id
    inner join own on lines.current_certificate_id = own.certificate_id
    where not certificates.is_stub
        and certificates.parent_certificate_id <> certificates.certificate_id
        and not (own.end_kind = 'superseded' and coalesce(own.ended_on <= certificates.issued_on, false))
        and coalesce(certificates.issued_on <= {{ as_of() }}, true)
),

first_ends as (
    select *
    from (
        select
            *,
            false as is_inherited
        from own
        union all
        select
            *,
            true as is_inherited
        from inherited
    ) as ends
    qualify row_number() over (partition by certificate_id order by ended_on, end_rank, is_inherited) = 1
)

select
    first_ends.certificate_id,
    first_ends.ended_on,
    first_ends.end_kind,
    first_ends.is_inherited,
    first_ends.is_day_unknown,
    own.ended_on as own_ended_on,
    own.end_kind as own_end_kind,
    coalesce(own.is_day_unknown, false) as is_own_day_unknown
from first_ends
left join own on first_ends.certificate_id = own.certificate_id
