-- 5.4.4.1 (1) A team has a leader.
with judged as (
    select
        *,
        audit_id as subject_id,
        start_on as anchor_on,
        team_state as state
    from {{ ref('int_team__leader') }}
    where not is_plan
)

{{ judgement(
    'judged',
    keys=['audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_subject',
    found=say('审核组长 {leaders} 名，应有 {parameter:audit_leaders} 名'),
    evidence=['leaders']
) }}
