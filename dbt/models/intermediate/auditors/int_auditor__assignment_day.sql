-- 3.9 Person-days on site: completed audits of all systems, leaders and auditors.
with assignments as (
    select
        assignments.person_id,
        assignments.audit_id,
        assignments.onsite_start,
        assignments.onsite_end,
        assignments.onsite_days
    from {{ ref('stg_audit_assignment') }} as assignments
    inner join {{ ref('stg_audit') }} as audits on assignments.audit_id = audits.audit_id
    where assignments.role in ('leader', 'auditor')
        and audits.status = 'completed'
        and audits.actual_end <= {{ as_of() }}
)

{{ day_loads('assignments', ['person_id', 'audit_id']) }}
