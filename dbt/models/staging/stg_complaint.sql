select
    complaint_id,
    body_id,
    kind,
    audit_id,
    received_on,
    certificate_id,
    org_id,
    about,
    result,
    decided_on,
    decided_by,
    notified_on,
    is_stub,
    unreadable_columns,
    _source_row
from {{ source('raw', 'complaint') }}
