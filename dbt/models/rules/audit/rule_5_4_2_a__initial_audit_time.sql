-- 5.4.2.3, 5.4.2.4, Annex B Stage 1 and stage 2 together take the time of Annex B, reduced by 30 % at most and with a
-- reason, and by what is done together with other systems.
with pairs as (
    select
        *,
        is_paired and kind in ('initial', 'transfer') as is_judged,
        {{ wide_days('stage1_total_days') }} + {{ wide_days('stage2_total_days') }} as total_days,
        {{ floor_parts(
            'headcount',
            ['stage1_reduction_reason', 'stage2_reduction_reason'],
            1,
            combined='coalesce(stage2_is_combined, false)',
            on='stage2_actual_start'
        ) }} as required_parts
    from {{ ref('int_application__stage_pair') }}
    where {{ in_population("is_paired and kind in ('initial', 'transfer')") }}
),

judged as (
    select
        *,
        application_id as subject_id,
        stage2_actual_start as anchor_on,
        {{ floor_in_half_days('required_parts', 1) }} as required,
        {{ floor_in_days('required_parts', 1) }} as calculated,
        {{ floor_state('total_days', 'required_parts', 1) }} as state
    from pairs
)

{{ judgement(
    'judged',
    keys=['application_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('有效人数 {headcount}，两阶段审核时间合计 {total_days:number} 人日，计算值 {calculated:number} 人日，要求不少于 {required:number} 人日'),
    evidence=['stage1_audit_id', 'stage2_audit_id', 'headcount', 'stage1_total_days', 'stage2_total_days', 'total_days', 'calculated', 'required']
) }}
