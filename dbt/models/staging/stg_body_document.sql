select
    document_id,
    body_id,
    clause,
    title,
    valid_from,
    valid_until,
    location,
    is_stub,
    unreadable_columns,
    _source_row
from {{ source('raw', 'body_document') }}
