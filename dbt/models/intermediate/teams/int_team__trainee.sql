-- 5.4.4.3 No more trainees than auditors, and each trainee under an auditor of the team. Stubs are not counted; one that
-- could be the auditor that is missing leaves it open.
{{ config(materialized='ephemeral') }}
with mentors as (
    select
        audit_id,
        is_plan,
        person_id,
        is_auditor
    from {{ ref('int_team__member') }}
    where coalesce(is_auditor, true)
),

members as (
    select
        members.audit_id,
        members.is_plan,
        members.role,
        members.is_auditor,
        members.is_stub_person,
        case
            when members.role <> 'trainee' then true
            when members.mentor_id is null then false
            when mentors.is_auditor then true
            when mentors.person_id is not null then null
            when coalesce(persons.is_stub, true) then null
            else false
        end as has_mentor
    from {{ ref('int_team__member') }} as members
    left join mentors
        on members.audit_id = mentors.audit_id
        and members.is_plan = mentors.is_plan
        and members.mentor_id = mentors.person_id
    left join {{ ref('stg_person') }} as persons on members.mentor_id = persons.person_id
),

counted as (
    select
        audit_id,
        is_plan,
        count(case when is_auditor and not is_stub_person then 1 end) as auditors,
        count(case when role is null or (is_auditor and is_stub_person) then 1 end) as auditors_open,
        count(case when role = 'trainee' and not is_stub_person then 1 end) as trainees,
        count(case when role is null then 1 end) as roles_open,
        count(case when role = 'trainee' and not is_stub_person and not has_mentor then 1 end) as without_mentor,
        count(case when role = 'trainee' and not is_stub_person and has_mentor is null then 1 end) as mentors_open
    from members
    group by audit_id, is_plan
)

select
    audits.*,
    coalesce(counted.auditors, 0) as auditors,
    coalesce(counted.trainees, 0) as trainees,
    coalesce(counted.without_mentor, 0) as without_mentor,
    audits.is_judged and (not audits.is_plan or audits.has_team) as is_subject,
    case
        when counted.audit_id is null then 'pass'
        when counted.without_mentor > 0 then 'breach'
        when counted.trainees > counted.auditors + counted.auditors_open then 'breach'
        when counted.trainees > counted.auditors then 'undetermined'
        when counted.mentors_open + counted.roles_open > 0 then 'undetermined'
        else 'pass'
    end as team_state
from {{ ref('int_team__audit') }} as audits
left join counted
    on audits.audit_id = counted.audit_id
    and audits.is_plan = counted.is_plan
where {{ in_population('audits.is_judged and (not audits.is_plan or audits.has_team)') }}
