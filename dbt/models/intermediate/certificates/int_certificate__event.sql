-- Status events of ITSMS certificates that have taken effect by as_of or on an unknown day, with what the rules ask of
-- their certificate; also those of a certificate whose issue is dated later, which no status allows.
-- is_itsms: NULL where the certificate or its system could not be read; a certificate that is a stub stays in.
with events as (
    select
        events.*,
        case
            when certificates.is_stub then true
            else certificates.system = 'ITSMS'
        end as is_itsms,
        certificates.body_id,
        certificates.org_id,
        certificates.issued_on,
        certificates.expires_on,
        certificates.parent_certificate_id,
        coalesce(certificates.is_stub, true) as is_certificate_unknown,
        clients.is_abroad,
        ends.ended_on,
        ends.end_kind,
        ends.own_ended_on,
        ends.own_end_kind
    from {{ ref('stg_certificate_event') }} as events
    left join {{ ref('stg_certificate') }} as certificates on events.certificate_id = certificates.certificate_id
    left join {{ ref('int_client') }} as clients on certificates.org_id = clients.org_id
    left join {{ ref('int_certificate__ended') }} as ends on events.certificate_id = ends.certificate_id
    where not events.is_stub
        and (events.effective_on is null or events.effective_on <= {{ as_of() }})
)

select *
from events
where {{ in_population('is_itsms') }}
