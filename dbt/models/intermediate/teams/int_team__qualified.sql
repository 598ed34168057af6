-- Each member with what its registrations amount to on this audit. Nobody is registered for no day at all: where no days
-- on site are written (is_site_open), only 3.11 takes the audit's days for them.
with summed as (
    select
        audit_id,
        is_plan,
        person_id,
        {%- for column in ['is_registered', 'is_registered_any_grade'] %}
        case when bool_or({{ column }}) then true when count(*) > count({{ column }}) then null else false end as {{ column }},
        {%- endfor %}
        bool_or(case when system = 'ITSMS' then is_registered end) as is_registered_itsms,
        bool_or(case when system = 'ITSMS' then is_registered_throughout end) as is_registered_itsms_throughout
    from {{ ref('int_team__registered') }}
    group by audit_id, is_plan, person_id
)

select
    members.*,
    summed.is_registered,
    summed.is_registered_any_grade,
    case
        when members.onsite_start is not null and members.onsite_end is not null then summed.is_registered_itsms
    end as is_registered_itsms,
    summed.is_registered_itsms_throughout
from {{ ref('int_team__member') }} as members
left join summed
    on members.audit_id = summed.audit_id
    and members.is_plan = summed.is_plan
    and members.person_id = summed.person_id
