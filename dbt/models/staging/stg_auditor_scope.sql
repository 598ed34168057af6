select
    person_id,
    scope_code,
    capacity,
    basis,
    bachelor_or_above,
    experience_years,
    intermediate_title,
    guided_audits,
    guided_onsite_days,
    projects,
    granted_on,
    expires_on,
    is_stub,
    unreadable_columns,
    _source_row
from {{ source('raw', 'auditor_scope') }}
