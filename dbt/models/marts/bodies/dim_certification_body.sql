-- 认证机构. body_code is the code that the body's certificate numbers begin with (Annex C).
{% set domestic = 'CNCA-R-[0-9]{4}-([0-9]{3,4})' -%}
{% set foreign = 'CNCA-RF-[0-9]{4}-([0-9]{2,3})' -%}
select
    body_id,
    name,
    approval_no,
    case
        when {{ matches('approval_no', domestic) }} then {{ extracted('approval_no', domestic, 1) }}
        when {{ matches('approval_no', foreign) }} then 'F' || lpad({{ extracted('approval_no', foreign, 1) }}, 3, '0')
    end as body_code,
    accreditation_code,
    approved_scopes
from {{ ref('stg_certification_body') }}
