-- What the records say of the certification body itself, as its registration sheet asks for it.
select
    body_id,
    name,
    approval_no,
    accreditation_code,
    accreditation_no,
    itsms_approved_on,
    approved_scopes
from {{ ref('stg_certification_body') }}
