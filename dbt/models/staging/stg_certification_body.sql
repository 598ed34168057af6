select
    body_id,
    name,
    approval_no,
    accreditation_code,
    accreditation_no,
    accreditation_mark_code,
    itsms_approved_on,
    approved_scopes,
    _source_row
from {{ source('raw', 'certification_body') }}
