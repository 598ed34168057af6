-- 9.2 Day by which the plan of each on-site audit is to be reported, and the day it was. An audit that has
-- not begun by as_of is a plan, whatever its status says; once its days have passed it can no longer be filed.
with audits as (
    select
        audit_id,
        body_id,
        status,
        case when actual_start <= {{ as_of() }} then actual_start else planned_start end as start_on,
        planned_end >= {{ as_of() }}
            and coalesce(actual_start > {{ as_of() }}, true)
            and coalesce(actual_end > {{ as_of() }}, true) as is_ahead
    from {{ ref('stg_audit') }}
    where status in ('planned', 'completed')
        and {{ list_has('systems', 'ITSMS') }}
        and coalesce(is_onsite, true)
),

reports as (
    select
        subject_id as audit_id,
        min(reported_on) as reported_on
    from {{ ref('int_report__accepted') }}
    where kind = 'audit_plan'
        and recipient = 'CNCA'
    group by subject_id
)

select
    audits.audit_id,
    audits.body_id,
    audits.status,
    audits.start_on,
    audits.is_ahead,
    {{ add_days('audits.start_on', '-' ~ parameter('audit_plan_lead_days')) }} as due_on,
    reports.reported_on
from audits
left join reports on audits.audit_id = reports.audit_id
