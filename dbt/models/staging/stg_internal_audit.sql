select
    internal_audit_id,
    body_id,
    held_on,
    _source_row
from {{ source('raw', 'internal_audit') }}
