-- ICAS 6.4.2.1 3) Stage 1 usually takes a third of the total time at most.
with judged as (
    select
        *,
        application_id as subject_id,
        stage2_actual_start as anchor_on,
        {{ wide_days('stage1_total_days') }} + {{ wide_days('stage2_total_days') }} as total_days,
        {{ wide_days('stage1_total_days') }} * {{ parameter('icas_stage1_share_divisor', on='stage2_actual_start') }} as stage1_multiple
    from {{ ref('int_application__stage_pair') }}
),

stated as (
    select
        *,
        case
            when total_days is null then 'undetermined'
            when stage1_multiple > total_days then 'warning'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    keys=['application_id', 'org_id'],
    found=say('第一阶段审核时间 {stage1_total_days:number} 人日，两阶段合计 {total_days:number} 人日，通常不超过 1/{parameter:icas_stage1_share_divisor@anchor_on}'),
    evidence=['stage1_audit_id', 'stage2_audit_id', 'stage1_total_days', 'stage2_total_days']
) }}
