-- 3.6 Professional auditors per scope against the least number, today and once what expires soon has expired.
select
    capacity.body_id,
    bodies.name as body_name,
    capacity.scope_code,
    capacity.is_approved,
    cast(valid_certificates as integer) as valid_certificates,
    cast(professional_auditors as integer) as professional_auditors,
    cast(professional_auditors_lasting as integer) as professional_auditors_lasting,
    cast(professional_auditors - professional_auditors_lasting as integer) as expiring,
    cast({{ parameter('professional_auditor_min') }} as integer) as required_auditors,
    case
        when professional_auditors < {{ parameter('professional_auditor_min') }} then 'breach'
        when professional_auditors_lasting < {{ parameter('professional_auditor_min') }} then 'warning'
        else 'pass'
    end as state,
    capacity.body_id || '|' || capacity.scope_code as subject_id
from {{ ref('int_body__scope_capacity') }} as capacity
inner join {{ ref('stg_certification_body') }} as bodies on capacity.body_id = bodies.body_id
where capacity.is_certain
