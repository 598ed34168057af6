-- 3.6 From when to when each registration as auditor or senior auditor made its holder an active auditor: from the
-- later of the registration's and the person's first day to the earlier of their last days (the day of leaving
-- is no longer one). Active on a day = some span holds the day.
with bounds as (
    select
        persons.person_id,
        persons.body_id,
        persons.employment,
        registrations.system,
        registrations.registration_no,
        registrations.valid_from,
        registrations.valid_until,
        persons.joined_on,
        {{ add_days('persons.left_on', '-1') }} as last_day_on
    from {{ ref('stg_person') }} as persons
    inner join {{ ref('stg_auditor_registration') }} as registrations
        on persons.person_id = registrations.person_id
    where registrations.grade in ('auditor', 'senior_auditor')
)

select
    person_id,
    body_id,
    employment,
    system,
    registration_no,
    case when joined_on > valid_from then joined_on else valid_from end as active_from,
    case when last_day_on < valid_until then last_day_on else valid_until end as active_until
from bounds
