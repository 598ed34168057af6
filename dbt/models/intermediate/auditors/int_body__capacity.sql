-- 3.6, 3.10 Auditors and valid main certificates of every body on as_of.
select *
from {{ ref('int_body__capacity_by_day') }}
where day_on = {{ as_of() }}
