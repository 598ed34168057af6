-- 3.6 People of every body over time, by employment and by the highest ITSMS grade they hold on the day: on every
-- month's last day, on as_of and a year before it.
with days as (
    select {{ add_days(add_months('month', 1), -1) }} as day_on
    from {{ ref('int_calendar__month') }}
    union
    select {{ as_of() }} as day_on
    union
    select {{ add_months(as_of(), -12) }} as day_on
),

grid as (
    select
        bodies.body_id,
        days.day_on
    from {{ ref('stg_certification_body') }} as bodies
    cross join days
    where days.day_on <= {{ as_of() }}
),

graded as (
    select
        days.day_on,
        persons.person_id,
        persons.body_id,
        persons.employment,
        coalesce(
            max(case registrations.grade when 'senior_auditor' then 3 when 'auditor' then 2 when 'trainee' then 1 end), 0
        ) as grade_rank
    from {{ ref('stg_person') }} as persons
    inner join days
        on (persons.joined_on is null or persons.joined_on <= days.day_on)
        and (persons.left_on is null or persons.left_on > days.day_on)
    left join {{ ref('stg_auditor_registration') }} as registrations
        on persons.person_id = registrations.person_id
        and registrations.system = 'ITSMS'
        and registrations.valid_from <= days.day_on
        and registrations.valid_until >= days.day_on
    group by days.day_on, persons.person_id, persons.body_id, persons.employment
),

people as (
    select
        body_id,
        day_on,
        count(*) as people,
        count(case when employment = 'full_time' then 1 end) as full_time,
        count(case when employment = 'part_time' then 1 end) as part_time,
        count(case when grade_rank = 3 then 1 end) as senior_auditors,
        count(case when grade_rank = 2 then 1 end) as auditors,
        count(case when grade_rank = 1 then 1 end) as trainees,
        count(case when grade_rank = 0 then 1 end) as unregistered
    from graded
    group by body_id, day_on
)

select
    grid.body_id,
    grid.day_on,
    {%- for count in ['people', 'full_time', 'part_time', 'senior_auditors', 'auditors', 'trainees', 'unregistered'] %}
    cast(coalesce(people.{{ count }}, 0) as integer) as {{ count }}{{ ',' if not loop.last }}
    {%- endfor %}
from grid
left join people
    on grid.body_id = people.body_id
    and grid.day_on = people.day_on
