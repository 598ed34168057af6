-- 5.12.1 Who decides was not on the audit team, of this audit or of another one of the same application.
with teams as (
    select
        audits.audit_id,
        audits.application_id,
        case
            when audits.status = 'terminated' then true
            else audits.status = 'completed' and coalesce(audits.actual_end <= {{ as_of() }}, false)
        end as is_held,
        assignments.person_id
    from {{ ref('stg_audit_assignment') }} as assignments
    inner join {{ ref('stg_audit') }} as audits on assignments.audit_id = audits.audit_id
    where assignments.role <> 'observer'
        and {{ list_has('audits.systems', 'ITSMS') }}
),

application_teams as (
    select
        application_id,
        person_id,
        min(audit_id) as audit_id
    from teams
    where is_held
        and application_id is not null
    group by application_id, person_id
),

judged as (
    select
        decisions.decision_id as subject_id,
        decisions.body_id,
        decisions.decided_on as anchor_on,
        decisions.kind,
        decisions.audit_id,
        decisions.decided_by,
        coalesce(teams.audit_id, application_teams.audit_id) as audit_taken_part_in,
        case
            when decisions.audit_id is null then 'undetermined'
            when teams.person_id is not null then 'breach'
            when application_teams.person_id is not null then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_decision__itsms') }} as decisions
    left join teams
        on decisions.audit_id = teams.audit_id
        and decisions.decided_by = teams.person_id
    left join application_teams
        on decisions.application_id = application_teams.application_id
        and decisions.decided_by = application_teams.person_id
)

{{ judgement(
    'judged',
    found="case when audit_id is null then '认证决定没有关联审核' else '决定人员 ' || decided_by || ' 是审核 ' || audit_taken_part_in || ' 的审核组成员' end",
    evidence=['kind', 'audit_id', 'decided_by', 'audit_taken_part_in']
) }}
