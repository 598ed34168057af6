-- 3.6 From when to when each registration as auditor or senior auditor made its holder an active auditor: from the
-- later of the registration's and the person's first day to the earlier of their last days (the day of leaving
-- is no longer one). Active on a day = some span holds the day.
--
-- Where a cell could not be read there is no such span (active_from or active_until is NULL), and the widest that there
-- could be is possible_from .. possible_until. A stub person is of no known body: possible at most.
with bounds as (
    select
        persons.person_id,
        persons.body_id,
        persons.employment,
        persons.is_stub,
        registrations.system,
        coalesce(systems.is_management_system, true) as is_management_system,
        registrations.registration_no,
        registrations.grade,
        registrations.valid_from,
        registrations.valid_until,
        persons.joined_on,
        {{ add_days('persons.left_on', '-1') }} as last_day_on,
        persons.is_stub
        or registrations.grade is null
        or {{ is_unreadable('joined_on', 'persons') }}
        or {{ is_unreadable('left_on', 'persons') }} as is_open
    from {{ ref('stg_person') }} as persons
    inner join {{ ref('stg_auditor_registration') }} as registrations
        on persons.person_id = registrations.person_id
    left join {{ ref('management_system') }} as systems on registrations.system = systems.system
    where coalesce(registrations.grade in ('auditor', 'senior_auditor'), true)
),

widest as (
    select
        *,
        coalesce(valid_from, cast('1900-01-01' as date)) as widest_from,
        coalesce(valid_until, cast('9999-01-01' as date)) as widest_until
    from bounds
)

select
    person_id,
    body_id,
    employment,
    is_stub,
    system,
    is_management_system,
    registration_no,
    case when not is_open and joined_on > valid_from then joined_on when not is_open then valid_from end as active_from,
    case when not is_open and last_day_on < valid_until then last_day_on when not is_open then valid_until end as active_until,
    case when joined_on > widest_from then joined_on else widest_from end as possible_from,
    case when last_day_on < widest_until then last_day_on else widest_until end as possible_until
from widest
