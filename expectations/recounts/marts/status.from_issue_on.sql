-- Proves that a certificate has a status from the day of its issue on.
select certificates.certificate_id as record
from batch as certificates
left join marts.fct_certificate_status_interval as intervals
    on certificates.certificate_id = intervals.certificate_id
group by certificates.certificate_id, certificates.issued_on
having min(intervals.from_on) is distinct from certificates.issued_on
