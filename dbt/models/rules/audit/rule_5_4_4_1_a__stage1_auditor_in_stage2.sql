-- 5.4.4.1 One auditor of stage 1 or more audits stage 2 too.
with shared as (
    select
        pairs.application_id,
        count(*) as auditors
    from {{ ref('int_application__stage_pair') }} as pairs
    inner join {{ ref('int_audit__team') }} as stage1
        on pairs.stage1_audit_id = stage1.audit_id
        and stage1.is_auditor
    inner join {{ ref('int_audit__team') }} as stage2
        on pairs.stage2_audit_id = stage2.audit_id
        and stage1.person_id = stage2.person_id
        and stage2.is_auditor
    group by pairs.application_id
),

judged as (
    select
        pairs.application_id as subject_id,
        pairs.body_id,
        pairs.stage2_actual_start as anchor_on,
        pairs.stage1_audit_id,
        pairs.stage2_audit_id,
        case when shared.application_id is null then 'breach' else 'pass' end as state
    from {{ ref('int_application__stage_pair') }} as pairs
    left join shared on pairs.application_id = shared.application_id
)

{{ judgement(
    'judged',
    found="'第一阶段审核 ' || stage1_audit_id || ' 的审核员无一参加第二阶段审核 ' || stage2_audit_id",
    evidence=['stage1_audit_id', 'stage2_audit_id']
) }}
