select
    body_id,
    name,
    approval_no,
    accreditation_code,
    accreditation_no,
    accreditation_mark_code,
    itsms_approved_on,
    approved_scopes,
    reporting_since,
    registered_address,
    legal_representative,
    contact_person,
    contact_phone,
    is_stub,
    unreadable_columns,
    _source_row
from {{ source('raw', 'certification_body') }}
