-- Audits, planned and done. is_done is what has happened by as_of: completed, and ended on that day or before.
select
    audit_id,
    body_id,
    org_id,
    certificate_id,
    audit_type,
    systems,
    {{ list_has('systems', 'ITSMS') }} as is_itsms,
    coalesce(is_onsite, true) as is_onsite,
    status,
    coalesce(status = 'completed' and actual_end <= {{ as_of() }}, false) as is_done,
    planned_start,
    planned_end,
    actual_start,
    actual_end,
    cast(onsite_days as decimal(18, 6)) as onsite_days,
    cast(total_days as decimal(18, 6)) as total_days
from {{ ref('stg_audit') }}
