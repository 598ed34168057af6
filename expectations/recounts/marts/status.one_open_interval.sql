-- Proves that a certificate has one status on as_of, the one that the register of certificates gives it.
select certificates.certificate_id as record
from batch as certificates
left join marts.fct_certificate_status_interval as intervals
    on certificates.certificate_id = intervals.certificate_id
    and intervals.to_on is null
group by certificates.certificate_id, certificates.status
having count(intervals.certificate_id) <> 1 or max(intervals.status) <> certificates.status
