select
    person_id,
    system,
    registration_no,
    grade,
    valid_from,
    valid_until,
    _source_row
from {{ source('raw', 'auditor_registration') }}
