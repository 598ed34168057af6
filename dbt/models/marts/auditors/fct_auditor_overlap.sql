-- 3.9 Days on which a person's audits come to more than one person-day: done (R3.9-b judges these), and planned
-- ones to come, which can still be moved.
with loads as (
    select
        person_id,
        day_on,
        load_days as done_days,
        cast(0 as decimal(18, 6)) as planned_days,
        audit_id
    from {{ ref('int_auditor__assignment_day') }}
    union all
    select
        person_id,
        day_on,
        cast(0 as decimal(18, 6)) as done_days,
        load_days as planned_days,
        audit_id
    from {{ ref('int_auditor__planned_day') }}
),

person_days as (
    select
        person_id,
        day_on,
        sum(done_days) as done_days,
        sum(planned_days) as planned_days
    from loads
    group by person_id, day_on
    having sum(done_days + planned_days) > {{ parameter('person_day_load_max') }}
),

audits as (
    select
        loads.person_id,
        loads.day_on,
        count(*) as audit_count,
        {{ joined_values('loads.audit_id', ';', 'loads.audit_id') }} as audit_ids
    from loads
    inner join person_days
        on loads.person_id = person_days.person_id
        and loads.day_on = person_days.day_on
    group by loads.person_id, loads.day_on
)

select
    person_days.person_id,
    persons.body_id,
    person_days.day_on,
    cast(person_days.done_days + person_days.planned_days as decimal(18, 6)) as load_days,
    cast(person_days.planned_days as decimal(18, 6)) as planned_days,
    cast({{ parameter('person_day_load_max') }} as decimal(18, 6)) as limit_days,
    cast(audits.audit_count as integer) as audit_count,
    audits.audit_ids,
    person_days.planned_days > 0 as is_planned
from person_days
inner join audits
    on person_days.person_id = audits.person_id
    and person_days.day_on = audits.day_on
inner join {{ ref('stg_person') }} as persons on person_days.person_id = persons.person_id
