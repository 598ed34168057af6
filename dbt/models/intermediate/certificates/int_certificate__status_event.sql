-- What changes the status of a certificate, as it has happened by as_of: its own events, and for a certificate
-- without any event row the one that the body's ledger states (an opening event). An event without day or kind is left
-- out; one from before the issue counts as of the issue.
with opening as (
    select
        certificates.certificate_id,
        certificates.status_given as event,
        coalesce(certificates.status_given_on, {{ as_of() }}) as effective_on,
        certificates.suspended_until_given as suspended_until,
        certificates.status_given_on is null as is_day_unknown
    from {{ ref('stg_certificate') }} as certificates
    left join (
        select distinct certificate_id
        from {{ ref('stg_certificate_event') }}
    ) as told on certificates.certificate_id = told.certificate_id
    where not certificates.is_stub
        and told.certificate_id is null
        and certificates.status_given in ('suspended', 'revoked', 'cancelled')
        and (certificates.status_given_on is null or certificates.status_given_on <= {{ as_of() }})
),

events as (
    select
        event_id,
        certificate_id,
        seq,
        event,
        effective_on,
        established_on,
        suspended_until,
        false as is_opening,
        false as is_day_unknown,
        unreadable_columns
    from {{ ref('stg_certificate_event') }}
    where event in ('suspended', 'restored', 'revoked', 'cancelled')
        and effective_on <= {{ as_of() }}
    union all
    select
        cast(null as {{ dbt.type_string() }}) as event_id,
        certificate_id,
        cast(null as bigint) as seq,
        event,
        effective_on,
        cast(null as date) as established_on,
        suspended_until,
        true as is_opening,
        is_day_unknown,
        null as unreadable_columns
    from opening
)

select
    events.event_id,
    events.certificate_id,
    events.seq,
    events.event,
    events.effective_on,
    greatest(events.effective_on, coalesce(certificates.issued_on, events.effective_on)) as counted_on,
    events.established_on,
    events.suspended_until,
    events.is_opening,
    events.is_day_unknown,
    -- On a day that nobody knows: not before the issue.
    case when events.is_day_unknown then certificates.issued_on else events.effective_on end as earliest_on,
    events.unreadable_columns
from events
inner join {{ ref('stg_certificate') }} as certificates on events.certificate_id = certificates.certificate_id
where not certificates.is_stub
