-- 5.12.1 Who decides was not on the audit team, of this audit or of another one of the same application.
with teams as (
    select
        audits.audit_id,
        audits.application_id,
        audits.is_itsms and (audits.is_completed or audits.status = 'terminated') as is_held,
        assignments.person_id,
        assignments.role <> 'observer' as is_member
    from {{ ref('stg_audit_assignment') }} as assignments
    inner join {{ ref('int_audit__itsms') }} as audits on assignments.audit_id = audits.audit_id
    where {{ in_population("assignments.role <> 'observer'") }}
),

own_teams as (
    select
        audit_id,
        person_id,
        bool_or(is_member) as is_member
    from teams
    group by audit_id, person_id
),

application_teams as (
    select
        application_id,
        person_id,
        min(case when is_held and is_member then audit_id end) as audit_id,
        bool_or((is_held and is_member) is null) as may_be_member
    from teams
    where application_id is not null
        and {{ in_population('is_held') }}
    group by application_id, person_id
),

judged as (
    select
        decisions.decision_id as subject_id,
        decisions.decision_id,
        decisions.body_id,
        decisions.decided_on as anchor_on,
        decisions.kind,
        decisions.audit_id,
        decisions.decided_by,
        decisions.decided_by as person_id,
        decisions.is_abroad,
        decisions.is_itsms as is_member,
        case when own_teams.is_member then own_teams.audit_id else application_teams.audit_id end as audit_taken_part_in,
        case
            when decisions.has_no_audit then 'undetermined'
            when own_teams.is_member then 'breach'
            when application_teams.audit_id is not null then 'breach'
            when decisions.is_audit_stub or decisions.decided_by is null then 'undetermined'
            when own_teams.person_id is not null or coalesce(application_teams.may_be_member, false) then 'undetermined'
            else 'pass'
        end as state
    from {{ ref('int_decision__itsms') }} as decisions
    left join own_teams
        on decisions.audit_id = own_teams.audit_id
        and decisions.decided_by = own_teams.person_id
    left join application_teams
        on decisions.application_id = application_teams.application_id
        and decisions.decided_by = application_teams.person_id
)

{{ judgement(
    'judged',
    keys=['decision_id', 'audit_id', 'person_id'],
    abroad='is_abroad',
    member='is_member',
    found=say(
        '{what}',
        what="case when audit_id is null then '认证决定没有关联审核' when audit_taken_part_in is null then '决定人员 ' || " ~ shown('decided_by') ~ " || ' 是否为审核组成员，记录不足以判断' else '决定人员 ' || decided_by || ' 是审核 ' || audit_taken_part_in || ' 的审核组成员' end"
    ),
    evidence=['kind', 'audit_id', 'decided_by', 'audit_taken_part_in']
) }}
