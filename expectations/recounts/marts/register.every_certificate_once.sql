-- Proves that the register has every certificate that was issued by as_of once, and no other.
with issued as (
    select certificates.certificate_id
    from staging.stg_certificate as certificates
    cross join marts.dim_run as run
    where certificates.issued_on <= run.as_of
)

select coalesce(issued.certificate_id, registered.certificate_id) as record
from issued
full join batch as registered on issued.certificate_id = registered.certificate_id
group by 1
having count(issued.certificate_id) <> 1 or count(registered.certificate_id) <> 1
