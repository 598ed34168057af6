select
    record_id,
    application_id,
    audit_id,
    kind,
    stored_on,
    signed,
    medium,
    disposed_on,
    is_stub,
    unreadable_columns,
    _source_row
from {{ source('raw', 'record_item') }}
