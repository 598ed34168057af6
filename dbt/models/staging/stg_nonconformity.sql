select
    nc_id,
    audit_id,
    grade,
    clause,
    raised_on,
    accepted_on,
    submitted_on,
    verified_on,
    is_stub,
    unreadable_columns,
    _source_row
from {{ source('raw', 'nonconformity') }}
