select
    audit_id,
    site_id,
    site_kind,
    audited,
    headcount,
    onsite_days,
    address,
    is_stub,
    unreadable_columns,
    _source_row
from {{ source('raw', 'audit_site') }}
