select
    person_id,
    org_id,
    kind,
    started_on,
    ended_on,
    is_stub,
    unreadable_columns,
    _source_row
from {{ source('raw', 'relationship') }}
