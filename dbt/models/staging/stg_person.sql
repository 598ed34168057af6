select
    person_id,
    body_id,
    name,
    id_type_code,
    id_number,
    phone,
    employment,
    employer,
    joined_on,
    left_on,
    works_in_prc,
    is_stub,
    unreadable_columns,
    _source_row
from {{ source('raw', 'person') }}
