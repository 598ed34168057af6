select
    internal_audit_id,
    body_id,
    held_on,
    is_stub,
    unreadable_columns,
    _source_row
from {{ source('raw', 'internal_audit') }}
