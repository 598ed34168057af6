select
    audit_id,
    objective,
    target,
    actual,
    unit,
    is_stub,
    unreadable_columns,
    _source_row
from {{ source('raw', 'service_objective') }}
