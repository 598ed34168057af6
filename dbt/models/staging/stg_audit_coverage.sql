select
    audit_id,
    kind,
    item,
    is_stub,
    unreadable_columns,
    _source_row
from {{ source('raw', 'audit_coverage') }}
