-- Status events of ITSMS certificates that have taken effect by as_of.
select
    events.*,
    certificates.body_id,
    certificates.org_id,
    certificates.issued_on,
    certificates.expires_on,
    certificates.ended_on,
    certificates.end_kind
from {{ ref('stg_certificate_event') }} as events
inner join {{ ref('int_certificate__itsms') }} as certificates
    on events.certificate_id = certificates.certificate_id
where events.effective_on <= {{ as_of() }}
