-- Planned: 5.4.4.4 No member of a team has an interest in the client while the audit lasts.
with judged as (
    select
        *,
        audit_id || '|' || person_id as subject_id,
        start_on as anchor_on,
        case when coalesce(has_interest, false) then 'warning' when coalesce(may_have_interest, false) then 'undetermined' else 'pass' end as state
    from {{ ref('int_team__relationship') }}
    where is_plan
)

{{ judgement(
    'judged',
    keys=['audit_id', 'person_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('审核组成员自 {interest_since} 起与认证委托人存在利益关系，审核 {start_on} 至 {end_on}'),
    evidence=['audit_id', 'person_id', 'org_id', 'role', 'interest_since', 'start_on', 'end_on']
) }}
