-- People of the bodies without their names: employment, first and last day, ITSMS grade on as_of.
with grades as (
    select
        person_id,
        max(case grade when 'senior_auditor' then 3 when 'auditor' then 2 else 1 end) as grade_rank
    from {{ ref('stg_auditor_registration') }}
    where system = 'ITSMS'
        and valid_from <= {{ as_of() }}
        and valid_until >= {{ as_of() }}
    group by person_id
)

select
    persons.person_id,
    persons.body_id,
    persons.employment,
    persons.joined_on,
    {{ happened('persons.left_on') }} as left_on,
    (persons.joined_on is null or persons.joined_on <= {{ as_of() }})
    and (persons.left_on is null or persons.left_on > {{ as_of() }}) as is_active,
    case grades.grade_rank when 3 then 'senior_auditor' when 2 then 'auditor' when 1 then 'trainee' else 'none' end
        as itsms_grade
from {{ ref('stg_person') }} as persons
left join grades on persons.person_id = grades.person_id
