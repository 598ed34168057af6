-- 5.4.4.3 No more trainees than auditors, and each trainee under an auditor of the team. Stubs are not counted; one that
-- could be the auditor that is missing leaves it open. A trainee who is a stub needs a mentor all the same.
{{ config(materialized='ephemeral') }}
with open_teams as (
    select distinct
        audit_id,
        is_plan
    from {{ ref('int_team__member') }}
    where role is null
),

-- A role that could not be read is tried: what comes out the same under each holds.
roles as (
    select
        'observer' as tried_role,
        true as is_always
    union all
    select
        'auditor' as tried_role,
        false as is_always
    union all
    select
        'trainee' as tried_role,
        false as is_always
),

team as (
    select
        members.audit_id,
        members.is_plan,
        members.person_id,
        members.mentor_id,
        members.is_stub_person,
        roles.tried_role,
        coalesce(members.role, roles.tried_role) as role,
        coalesce(members.role, roles.tried_role) in ('leader', 'auditor') as is_auditor
    from {{ ref('int_team__member') }} as members
    left join open_teams
        on members.audit_id = open_teams.audit_id
        and members.is_plan = open_teams.is_plan
    inner join roles on roles.is_always or open_teams.audit_id is not null
),

members as (
    select
        team.audit_id,
        team.is_plan,
        team.tried_role,
        team.role,
        team.is_auditor,
        team.is_stub_person,
        case
            when team.role <> 'trainee' or mentors.is_auditor then true
            when team.mentor_id is null then false
            when coalesce(persons.is_stub, true) then null
            else false
        end as has_mentor
    from team
    left join team as mentors
        on team.audit_id = mentors.audit_id
        and team.is_plan = mentors.is_plan
        and team.tried_role = mentors.tried_role
        and team.mentor_id = mentors.person_id
        and mentors.is_auditor
    left join {{ ref('stg_person') }} as persons on team.mentor_id = persons.person_id
),

counted as (
    select
        audit_id,
        is_plan,
        tried_role,
        count(case when is_auditor and not is_stub_person then 1 end) as auditors,
        count(case when is_auditor and is_stub_person then 1 end) as stub_auditors,
        count(case when role = 'trainee' and not is_stub_person then 1 end) as trainees,
        count(case when not has_mentor then 1 end) as without_mentor,
        count(case when has_mentor is null then 1 end) as mentors_open
    from members
    group by audit_id, is_plan, tried_role
),

stated as (
    select
        *,
        case
            when without_mentor > 0 then 'breach'
            when trainees > auditors + stub_auditors then 'breach'
            when trainees > auditors then 'undetermined'
            when mentors_open > 0 then 'undetermined'
            else 'pass'
        end as tried_state
    from counted
),

agreed as (
    select
        audit_id,
        is_plan,
        max(case when tried_role = 'observer' then auditors end) as auditors,
        max(case when tried_role = 'observer' then trainees end) as trainees,
        max(case when tried_role = 'observer' then without_mentor end) as without_mentor,
        case when min(tried_state) = max(tried_state) then min(tried_state) else 'undetermined' end as team_state
    from stated
    group by audit_id, is_plan
)

select
    audits.*,
    coalesce(agreed.auditors, 0) as auditors,
    coalesce(agreed.trainees, 0) as trainees,
    coalesce(agreed.without_mentor, 0) as without_mentor,
    audits.is_judged and (not audits.is_plan or audits.has_team) as is_subject,
    coalesce(agreed.team_state, 'pass') as team_state
from {{ ref('int_team__audit') }} as audits
left join agreed
    on audits.audit_id = agreed.audit_id
    and audits.is_plan = agreed.is_plan
where {{ in_population('audits.is_judged and (not audits.is_plan or audits.has_team)') }}
