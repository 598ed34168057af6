-- 3.9 Days on which a person's audits come to more than one person-day: done (R3.9-b judges these), and planned
-- ones to come, which can still be moved.
with planned as (
    select
        person_id,
        day_on,
        sum(load_days) as load_days,
        count(*) as audit_count,
        {{ joined_values('audit_id', ';', 'audit_id') }} as audit_ids
    from {{ ref('int_auditor__planned_day') }}
    group by person_id, day_on
),

-- Few days can be too full: what is done and more than one day already, and what is planned.
candidates as (
    select
        person_id,
        day_on
    from {{ ref('int_auditor__day') }}
    where load_days > {{ parameter('person_day_load_max') }}
    union
    select
        person_id,
        day_on
    from planned
),

person_days as (
    select
        candidates.person_id,
        candidates.day_on,
        coalesce(done.load_days, 0) + coalesce(planned.load_days, 0) as load_days,
        coalesce(planned.load_days, 0) as planned_days,
        coalesce(done.audit_count, 0) + coalesce(planned.audit_count, 0) as audit_count,
        case
            when done.audit_ids is null then planned.audit_ids
            when planned.audit_ids is null then done.audit_ids
            else done.audit_ids || ';' || planned.audit_ids
        end as audit_ids
    from candidates
    left join {{ ref('int_auditor__day') }} as done
        on candidates.person_id = done.person_id
        and candidates.day_on = done.day_on
    left join planned
        on candidates.person_id = planned.person_id
        and candidates.day_on = planned.day_on
)

select
    person_days.person_id,
    persons.body_id,
    bodies.name as body_name,
    person_days.day_on,
    cast(person_days.load_days as decimal(18, 6)) as load_days,
    cast(person_days.planned_days as decimal(18, 6)) as planned_days,
    cast({{ parameter('person_day_load_max') }} as decimal(18, 6)) as limit_days,
    cast(person_days.audit_count as integer) as audit_count,
    person_days.audit_ids,
    person_days.planned_days > 0 as is_planned,
    person_days.person_id || '|' || cast(person_days.day_on as {{ dbt.type_string() }}) as subject_id
from person_days
inner join {{ ref('stg_person') }} as persons on person_days.person_id = persons.person_id
inner join {{ ref('stg_certification_body') }} as bodies on persons.body_id = bodies.body_id
where person_days.load_days > {{ parameter('person_day_load_max') }}
