-- 3.9 Load of one person on one day over all completed audits.
select
    person_days.person_id,
    persons.body_id,
    person_days.day_on,
    person_days.load_days,
    cast(person_days.audit_count as integer) as audit_count,
    person_days.audit_ids
from {{ ref('int_auditor__day') }} as person_days
inner join {{ ref('stg_person') }} as persons on person_days.person_id = persons.person_id
