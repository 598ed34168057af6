-- The certificates that the rules speak of, main and sub-certificates alike.
select *
from {{ ref('int_certificate') }}
where is_itsms
