-- 3.9 What the planned audits would add, day by day; only days after as_of are a plan.
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
        and audits.status = 'planned'
),

planned as (
    {{ day_loads('assignments', ['person_id', 'audit_id']) }}
)

select *
from planned
where day_on > {{ as_of() }}
