select
    audit_id,
    person_id,
    role,
    onsite_start,
    onsite_end,
    onsite_days,
    mentor_id,
    is_stub,
    unreadable_columns,
    _source_row
from {{ source('raw', 'audit_assignment') }}
