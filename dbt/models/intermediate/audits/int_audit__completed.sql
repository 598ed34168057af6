-- Completed ITSMS audits: a completed audit that ends after as_of has not happened yet.
select *
from {{ ref('stg_audit') }}
where status = 'completed'
    and actual_end <= {{ as_of() }}
    and {{ list_has('systems', 'ITSMS') }}
