-- Which audits are to be reported as plans on as_of (9.2): on site, not begun, not settled with CNCA, due within
-- the horizon or overdue. A plan whose days have all passed is none any more: it is a finding of rule 9.2, and
-- is to be given new dates or cancelled in the records first.
select
    plans.audit_id,
    plans.body_id,
    plans.due_on,
    audits.org_id,
    audits.application_id,
    audits.certificate_id,
    audits.audit_type,
    audits.systems,
    audits.is_onsite,
    audits.planned_start as start_on,
    audits.planned_end as end_on
from {{ ref('int_report__audit_plan_due') }} as plans
inner join {{ ref('stg_audit') }} as audits on plans.audit_id = audits.audit_id
left join {{ ref('sub_answer__settled') }} as answers
    on plans.audit_id = answers.subject_id
    and answers.kind = 'audit_plan'
where plans.is_judged
    and plans.status <> 'terminated'
    and plans.due_on <= {{ add_days(as_of(), parameter('audit_plan_horizon_days')) }}
    and plans.start_on >= {{ effective_from('cnca') }}
    and audits.planned_end >= {{ as_of() }}
    and (audits.actual_start is null or audits.actual_start > {{ as_of() }})
    and (audits.actual_end is null or audits.actual_end > {{ as_of() }})
    and answers.subject_id is null
