select
    nc_id,
    audit_id,
    grade,
    clause,
    raised_on,
    accepted_on,
    verified_on,
    _source_row
from {{ source('raw', 'nonconformity') }}
