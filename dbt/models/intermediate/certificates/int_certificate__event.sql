-- Status events of ITSMS certificates that have taken effect by as_of; also those of a certificate whose
-- issue is dated later, which no status allows.
select
    events.*,
    certificates.body_id,
    certificates.org_id,
    certificates.issued_on,
    certificates.expires_on,
    ends.ended_on,
    ends.end_kind
from {{ ref('stg_certificate_event') }} as events
inner join {{ ref('stg_certificate') }} as certificates
    on events.certificate_id = certificates.certificate_id
left join {{ ref('int_certificate__ended') }} as ends
    on events.certificate_id = ends.certificate_id
where events.effective_on <= {{ as_of() }}
    and certificates.system = 'ITSMS'
