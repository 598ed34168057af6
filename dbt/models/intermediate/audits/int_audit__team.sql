-- Teams of the completed ITSMS audits: every assignment with what the rules ask of its audit.
select
    assignments.audit_id,
    assignments.person_id,
    assignments.role,
    assignments.role in ('leader', 'auditor') as is_auditor,
    assignments.onsite_start,
    assignments.onsite_end,
    assignments.onsite_days,
    assignments.mentor_id,
    audits.body_id,
    audits.org_id,
    audits.audit_type,
    audits.systems,
    audits.actual_start,
    audits.actual_end
from {{ ref('stg_audit_assignment') }} as assignments
inner join {{ ref('int_audit__completed') }} as audits on assignments.audit_id = audits.audit_id
