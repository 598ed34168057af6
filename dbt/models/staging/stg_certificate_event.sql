select
    event_id,
    certificate_id,
    seq,
    event,
    effective_on,
    established_on,
    reason_code,
    suspended_until,
    change_code,
    published_on,
    _source_row
from {{ source('raw', 'certificate_event') }}
