-- Registrations of people by system; an expiry needs attention only where no later registration follows on.
with registrations as (
    select
        registrations.*,
        persons.body_id,
        bodies.name as body_name,
        persons.employment,
        (persons.joined_on is null or persons.joined_on <= {{ as_of() }})
        and (persons.left_on is null or persons.left_on > {{ as_of() }}) as is_person_active,
        registrations.valid_from <= {{ as_of() }} and registrations.valid_until >= {{ as_of() }} as is_valid,
        max(registrations.valid_until) over (
            partition by registrations.person_id, registrations.system
        ) as last_valid_until
    from {{ ref('stg_auditor_registration') }} as registrations
    inner join {{ ref('stg_person') }} as persons on registrations.person_id = persons.person_id
    inner join {{ ref('stg_certification_body') }} as bodies on persons.body_id = bodies.body_id
),

held as (
    select
        *,
        is_person_active and is_valid and grade in ('auditor', 'senior_auditor') as is_active_auditor,
        valid_until < last_valid_until as has_later
    from registrations
)

select
    person_id,
    body_id,
    body_name,
    employment,
    system,
    case when system = 'ITSMS' then 'itsms' else 'other' end as system_group,
    registration_no,
    grade,
    valid_from,
    valid_until,
    is_person_active,
    is_valid,
    is_active_auditor,
    has_later,
    coalesce(
        is_active_auditor
        and not has_later
        and valid_until <= {{ add_days(as_of(), parameter('qualification_horizon_days')) }},
        false
    ) as is_expiring,
    {{ month_text('valid_until') }} as valid_until_month,
    cast({{ days_between(as_of(), 'valid_until') }} as integer) as days_left
from held
