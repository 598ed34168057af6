select
    decision_id,
    audit_id,
    certificate_id,
    kind,
    decided_on,
    decided_by,
    notified_on,
    is_stub,
    unreadable_columns,
    _source_row
from {{ source('raw', 'decision') }}
