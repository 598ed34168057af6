-- Who took part in which audit since the beginning of the cycle-year that ends on as_of, and who is planned for what.
select
    assignments.person_id,
    assignments.audit_id,
    persons.body_id,
    audits.audit_type,
    audits.systems,
    audits.status,
    audits.org_id,
    audits.certificate_id,
    assignments.role,
    assignments.onsite_start,
    assignments.onsite_end,
    assignments.onsite_days,
    -- 3.9 counts leaders and auditors of completed audits; the plan counts in the forecast.
    coalesce(
        assignments.role in ('leader', 'auditor')
        and ((audits.status = 'completed' and audits.actual_end <= {{ as_of() }}) or audits.status = 'planned'),
        false
    ) as is_counted
from {{ ref('stg_audit_assignment') }} as assignments
inner join {{ ref('stg_audit') }} as audits on assignments.audit_id = audits.audit_id
inner join {{ ref('stg_person') }} as persons on assignments.person_id = persons.person_id
where assignments.onsite_end > {{ add_days(as_of(), '-' ~ parameter('cycle_year_days')) }}
