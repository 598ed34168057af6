-- 5.4.4.1 One auditor of stage 1 or more audits stage 2 too.
-- Counted per person instead of joined team to team: people meet on many audits.
with members as (
    {%- for stage in ['stage1', 'stage2'] %}
    select
        pairs.application_id,
        team.person_id,
        '{{ stage }}' as stage
    from {{ ref('int_application__stage_pair') }} as pairs
    inner join {{ ref('int_audit__team') }} as team on pairs.{{ stage }}_audit_id = team.audit_id
    where team.is_auditor
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

persons as (
    select
        application_id,
        person_id
    from members
    group by application_id, person_id
    having min(stage) <> max(stage)
),

shared as (
    select distinct application_id
    from persons
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
