-- 5.4.4.1 One auditor of stage 1 or more audits stage 2 too.
with judged as (
    select
        *,
        application_id as subject_id,
        start_on as anchor_on,
        team_state as state
    from {{ ref('int_team__stage') }}
    where not is_plan
)

{{ judgement(
    'judged',
    keys=['application_id', 'org_id'],
    abroad='is_abroad',
    member='is_subject',
    found=say('第一阶段审核 {stage1_audit_id} 的审核员无一参加第二阶段审核 {stage2_audit_id}'),
    evidence=['stage1_audit_id', 'stage2_audit_id']
) }}
