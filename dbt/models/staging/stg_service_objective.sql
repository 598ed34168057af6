select
    audit_id,
    objective,
    target,
    actual,
    unit,
    _source_row
from {{ source('raw', 'service_objective') }}
