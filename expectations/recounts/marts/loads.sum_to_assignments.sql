-- Proves that no person-day is lost or invented when assignments are laid on calendar days (3.9): of every person the laid
-- days are those of the assignments in staging. Of work that is not over yet only the days up to as_of are laid.
with assigned as (
    select
        assignments.person_id,
        sum(assignments.onsite_days) as days,
        bool_and(greatest(assignments.onsite_start, assignments.onsite_end) <= run.as_of) as is_over
    from staging.stg_audit_assignment as assignments
    inner join staging.stg_audit as audits on assignments.audit_id = audits.audit_id
    cross join marts.dim_run as run
    where assignments.role in ('leader', 'auditor')
        and assignments.onsite_days > 0
        and assignments.onsite_start is not null
        and not list_contains(assignments.unreadable_columns, 'onsite_end')
        and (
            (audits.status = 'completed' and audits.actual_end <= run.as_of)
            or (audits.status = 'terminated' and audits.actual_start <= run.as_of)
            or (audits.is_stub and assignments.onsite_end <= run.as_of)
        )
    group by assignments.person_id
),

laid as (
    select
        person_id,
        sum(load_days) as days
    from batch
    group by person_id
)

select coalesce(assigned.person_id, laid.person_id) as record
from assigned
full join laid on assigned.person_id = laid.person_id
where laid.days > coalesce(assigned.days, 0)
    or (coalesce(assigned.is_over, true) and assigned.days is distinct from laid.days)
