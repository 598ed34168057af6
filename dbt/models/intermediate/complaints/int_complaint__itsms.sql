-- 8 Appeals and complaints: those on an ITSMS audit, and those that name no audit.
select complaints.*
from {{ ref('stg_complaint') }} as complaints
left join {{ ref('stg_audit') }} as audits on complaints.audit_id = audits.audit_id
where complaints.audit_id is null
    or {{ list_has('audits.systems', 'ITSMS') }}
