-- 3.9 Person-days on site as leader or auditor, of audits of all systems, laid on their days: held audits up to as_of, and
-- (is_plan) planned ones after it. is_certain: false where nobody can say whether the audit was held, or in which role. An
-- assignment without a first day or without days is laid on no day, so is one of which the end could not be read: it is a
-- row with day_on NULL (is_open), and placed_on says where it would be looked for.
with assignments as (
    select
        assignments.person_id,
        assignments.audit_id,
        assignments.onsite_start,
        assignments.onsite_end,
        assignments.onsite_days,
        assignments.onsite_start is null
        or assignments.onsite_days is null
        or {{ is_unreadable('onsite_end', 'assignments') }} as is_open,
        assignments.onsite_days is not null or {{ is_unreadable('onsite_days', 'assignments') }} as is_open_unreadable,
        coalesce(assignments.onsite_start, audits.planned_start) as placed_on,
        assignments.role in ('leader', 'auditor') as is_auditor,
        case
            when coalesce(stubs.is_stub, true) then assignments.onsite_end <= {{ as_of() }}
            else audits.is_held
        end as is_held,
        case when coalesce(stubs.is_stub, true) then false else audits.status = 'planned' end as is_planned
    from {{ ref('stg_audit_assignment') }} as assignments
    left join {{ ref('stg_audit') }} as stubs on assignments.audit_id = stubs.audit_id
    left join {{ ref('int_audit') }} as audits on assignments.audit_id = audits.audit_id
),

carried as (
    select
        *,
        false as is_plan,
        is_auditor and is_held as is_carried
    from assignments
    where {{ in_population('is_auditor and is_held') }}
    union all
    select
        *,
        true as is_plan,
        is_auditor and is_planned as is_carried
    from assignments
    where {{ in_population('is_auditor and is_planned') }}
),

placed as (
    select
        *,
        is_carried is not null as is_certain
    from carried
    where not is_open
),

laid as (
    {{ day_loads('placed', ['person_id', 'audit_id', 'is_plan', 'is_certain']) }}
)

select
    person_id,
    audit_id,
    is_plan,
    is_certain,
    false as is_open,
    false as is_open_unreadable,
    cast(null as date) as placed_on,
    day_on,
    load_days
from laid
where is_plan = (day_on > {{ as_of() }})
union all
select
    person_id,
    audit_id,
    is_plan,
    is_carried is not null as is_certain,
    is_open,
    is_open_unreadable,
    placed_on,
    cast(null as date) as day_on,
    cast(null as decimal(18, 6)) as load_days
from carried
where is_open
