select
    training_id,
    person_id,
    held_on,
    kind,
    topic,
    hours,
    is_stub,
    unreadable_columns,
    _source_row
from {{ source('raw', 'person_training') }}
