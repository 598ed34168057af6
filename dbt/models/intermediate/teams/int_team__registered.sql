-- 3.11, 4.2 Whether each member is registered for each system of the audit: over the days on site (is_registered, and
-- is_registered_any_grade for trainees), and over the whole audit (is_registered_throughout). NULL: nobody can say.
with members as (
    select distinct
        audit_id,
        is_plan,
        person_id,
        is_stub_person,
        start_on,
        end_on,
        on_site_from,
        on_site_to,
        {{ explode_list('systems') }} as system
    from {{ ref('int_team__member') }}
    where systems is not null
),

covered as (
    select
        members.audit_id,
        members.is_plan,
        members.person_id,
        members.system,
        members.is_stub_person,
        members.start_on,
        members.end_on,
        members.on_site_from,
        members.on_site_to,
        {%- for name, grade, possible in [
            ('formal', 'not runs.is_any_grade', 'not runs.is_possible'),
            ('formal_possible', 'not runs.is_any_grade', 'runs.is_possible'),
            ('in_any_grade', 'runs.is_any_grade', 'not runs.is_possible'),
            ('in_any_grade_possible', 'runs.is_any_grade', 'runs.is_possible'),
        ] %}
        bool_or(
            {{ grade }} and {{ possible }}
            and runs.valid_from <= members.on_site_from
            and runs.valid_until >= members.on_site_to
        ) as {{ name }},
        {%- endfor %}
        {%- for name, possible in [('throughout', 'not runs.is_possible'), ('throughout_possible', 'runs.is_possible')] %}
        bool_or(
            not runs.is_any_grade and {{ possible }}
            and runs.valid_from <= members.start_on
            and runs.valid_until >= members.end_on
        ) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from members
    left join {{ ref('int_auditor__registered_run') }} as runs
        on members.person_id = runs.person_id
        and members.system = runs.system
    group by {{ range(1, 10) | join(', ') }}
)

select
    audit_id,
    is_plan,
    person_id,
    system,
    {%- for name, column, first, last in [
        ('is_registered', 'formal', 'on_site_from', 'on_site_to'),
        ('is_registered_any_grade', 'in_any_grade', 'on_site_from', 'on_site_to'),
        ('is_registered_throughout', 'throughout', 'start_on', 'end_on'),
    ] %}
    case
        when is_stub_person or {{ first }} is null or {{ last }} is null then null
        when {{ first }} > {{ last }} then true
        when {{ column }} then true
        when {{ column }}_possible then null
        else false
    end as {{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
from covered
