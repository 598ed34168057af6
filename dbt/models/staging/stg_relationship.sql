select
    person_id,
    org_id,
    kind,
    started_on,
    ended_on,
    _source_row
from {{ source('raw', 'relationship') }}
