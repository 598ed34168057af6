-- Status of every certificate from .. to: any day up to as_of can be asked.
select
    intervals.certificate_id,
    certificates.body_id,
    certificates.org_id,
    certificates.system,
    certificates.is_main,
    intervals.status,
    intervals.from_on,
    intervals.to_on
from {{ ref('int_certificate__status_interval') }} as intervals
inner join {{ ref('int_certificate') }} as certificates
    on intervals.certificate_id = certificates.certificate_id
