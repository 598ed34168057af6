-- 3.6 Active auditors on as_of, of every system: not left, and registered as auditor or senior auditor.
select distinct
    persons.person_id,
    persons.body_id,
    persons.employment,
    registrations.system
from {{ ref('stg_person') }} as persons
inner join {{ ref('stg_auditor_registration') }} as registrations
    on persons.person_id = registrations.person_id
where (persons.left_on is null or persons.left_on > {{ as_of() }})
    and (persons.joined_on is null or persons.joined_on <= {{ as_of() }})
    and registrations.grade in ('auditor', 'senior_auditor')
    and registrations.valid_from <= {{ as_of() }}
    and registrations.valid_until >= {{ as_of() }}
