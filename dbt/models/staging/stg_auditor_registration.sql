select
    person_id,
    system,
    registration_no,
    grade,
    valid_from,
    valid_until,
    is_stub,
    unreadable_columns,
    _source_row
from {{ source('raw', 'auditor_registration') }}
