select
    record_id,
    application_id,
    audit_id,
    kind,
    stored_on,
    signed,
    medium,
    disposed_on,
    _source_row
from {{ source('raw', 'record_item') }}
