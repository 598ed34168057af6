select
    report_id,
    body_id,
    kind,
    period,
    subject_id,
    recipient,
    reported_on,
    receipt_no,
    result,
    _source_row
from {{ source('raw', 'cnca_report') }}
