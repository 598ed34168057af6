-- 3.6 Professional auditors per scope against the least number, today and once what expires soon has expired.
select
    body_id,
    scope_code,
    is_approved,
    cast(valid_certificates as integer) as valid_certificates,
    cast(professional_auditors as integer) as professional_auditors,
    cast(professional_auditors_lasting as integer) as professional_auditors_lasting,
    cast({{ parameter('professional_auditor_min') }} as integer) as required_auditors,
    case
        when professional_auditors < {{ parameter('professional_auditor_min') }} then 'breach'
        when professional_auditors_lasting < {{ parameter('professional_auditor_min') }} then 'warning'
        else 'pass'
    end as state
from {{ ref('int_body__scope_capacity') }}
