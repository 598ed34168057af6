-- 5.4.4.4 No member of a team has an interest in the client while the audit lasts.
with interested as (
    select
        team.audit_id,
        team.person_id,
        min(relationships.started_on) as interest_since
    from {{ ref('int_audit__team') }} as team
    inner join {{ ref('stg_relationship') }} as relationships
        on team.person_id = relationships.person_id
        and team.org_id = relationships.org_id
    where relationships.kind = 'interest'
        and relationships.started_on <= team.actual_end
        and (relationships.ended_on is null or relationships.ended_on >= team.actual_start)
    group by team.audit_id, team.person_id
),

judged as (
    select
        team.audit_id || '|' || team.person_id as subject_id,
        team.body_id,
        team.actual_start as anchor_on,
        team.audit_id,
        team.person_id,
        team.org_id,
        team.role,
        team.actual_start,
        team.actual_end,
        interested.interest_since,
        case when interested.audit_id is null then 'pass' else 'breach' end as state
    from {{ ref('int_audit__team') }} as team
    left join interested
        on team.audit_id = interested.audit_id
        and team.person_id = interested.person_id
)

{{ judgement(
    'judged',
    found="'审核组成员自 ' || " ~ shown('interest_since') ~ " || ' 起与认证委托人存在利益关系，审核 ' || " ~ shown('actual_start') ~ " || ' 至 ' || " ~ shown('actual_end'),
    evidence=['audit_id', 'person_id', 'org_id', 'role', 'interest_since', 'actual_start', 'actual_end']
) }}
