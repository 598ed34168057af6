select
    report_id,
    body_id,
    kind,
    period,
    subject_id,
    recipient,
    reported_on,
    plan_start,
    receipt_no,
    result,
    is_stub,
    unreadable_columns,
    _source_row
from {{ source('raw', 'cnca_report') }}
