select
    complaint_id,
    body_id,
    kind,
    audit_id,
    received_on,
    decided_on,
    decided_by,
    notified_on,
    _source_row
from {{ source('raw', 'complaint') }}
