-- The end of a certificate: the earliest of revoked, cancelled, superseded and expired that has come by
-- as_of; on one day revoked goes before cancelled, superseded and expired.
with ending_events as (
    select
        certificate_id,
        min(case when event = 'revoked' then effective_on end) as revoked_on,
        min(case when event = 'cancelled' then effective_on end) as cancelled_on
    from {{ ref('stg_certificate_event') }}
    where event in ('revoked', 'cancelled')
        and effective_on <= {{ as_of() }}
    group by certificate_id
),

successors as (
    select
        previous_certificate_id as certificate_id,
        min(issued_on) as superseded_on
    from {{ ref('stg_certificate') }}
    where previous_certificate_id is not null
        and issued_on <= {{ as_of() }}
    group by previous_certificate_id
),

ends as (
    select
        certificates.certificate_id,
        ending_events.revoked_on,
        ending_events.cancelled_on,
        successors.superseded_on,
        case
            when {{ add_days('certificates.expires_on', 1) }} <= {{ as_of() }}
                then {{ add_days('certificates.expires_on', 1) }}
        end as expired_on
    from {{ ref('stg_certificate') }} as certificates
    left join ending_events on certificates.certificate_id = ending_events.certificate_id
    left join successors on certificates.certificate_id = successors.certificate_id
),

earliest as (
    select
        *,
        least(revoked_on, cancelled_on, superseded_on, expired_on) as ended_on
    from ends
)

select
    certificate_id,
    ended_on,
    case
        when ended_on = revoked_on then 'revoked'
        when ended_on = cancelled_on then 'cancelled'
        when ended_on = superseded_on then 'superseded'
        when ended_on = expired_on then 'expired'
    end as end_kind
from earliest
where ended_on is not null
