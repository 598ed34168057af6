-- 5.4.4 What a completed ITSMS audit's team amounts to; an audit without assignments is there with zeros.
with mentors as (
    select
        trainees.audit_id,
        trainees.person_id
    from {{ ref('int_audit__team') }} as trainees
    inner join {{ ref('int_audit__team') }} as auditors
        on trainees.audit_id = auditors.audit_id
        and trainees.mentor_id = auditors.person_id
    where trainees.role = 'trainee'
        and auditors.is_auditor
),

members as (
    select
        team.audit_id,
        team.role,
        team.is_auditor,
        team.onsite_days,
        mentors.person_id is not null as has_mentor,
        team.is_auditor
        and persons.employment = 'full_time'
        and team.onsite_start <= team.actual_start
        and team.onsite_end >= team.actual_end as is_full_time_throughout
    from {{ ref('int_audit__team') }} as team
    inner join {{ ref('stg_person') }} as persons on team.person_id = persons.person_id
    left join mentors
        on team.audit_id = mentors.audit_id
        and team.person_id = mentors.person_id
),

counted as (
    select
        audit_id,
        count(case when role = 'leader' then 1 end) as leaders,
        count(case when is_auditor then 1 end) as auditors,
        count(case when role = 'trainee' then 1 end) as trainees,
        count(case when role = 'trainee' and not has_mentor then 1 end) as trainees_without_mentor,
        count(case when is_full_time_throughout then 1 end) as full_time_throughout,
        sum(case when is_auditor then {{ wide_days('onsite_days') }} end) as auditor_days
    from members
    group by audit_id
)

select
    audits.audit_id,
    audits.body_id,
    audits.systems,
    audits.actual_start,
    audits.actual_end,
    audits.onsite_days,
    coalesce(counted.leaders, 0) as leaders,
    coalesce(counted.auditors, 0) as auditors,
    coalesce(counted.trainees, 0) as trainees,
    coalesce(counted.trainees_without_mentor, 0) as trainees_without_mentor,
    coalesce(counted.full_time_throughout, 0) as full_time_throughout,
    coalesce(counted.auditor_days, 0) as auditor_days
from {{ ref('int_audit__completed') }} as audits
left join counted on audits.audit_id = counted.audit_id
