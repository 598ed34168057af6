-- 5.6.1 Stage 2 begins five days after stage 1 ended, or later.
with judged as (
    select
        application_id as subject_id,
        body_id,
        stage2_actual_start as anchor_on,
        kind,
        stage1_audit_id,
        stage2_audit_id,
        stage1_actual_end,
        stage2_actual_start as observed_on,
        case
            when stage1_audit_id is null and kind = 'initial' then 'breach'
            when stage1_audit_id is null then 'not_applicable'
            when {{ days_between('stage1_actual_end', 'stage2_actual_start') }}
                < {{ parameter('stage_gap_min_days', on='stage2_actual_start') }} then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_application__gap_pair') }}
    where stage2_audit_id is not null
)

{{ judgement(
    'judged',
    has=['observed_on'],
    found="case when stage1_audit_id is null then '没有已完成的第一阶段审核' else '第一阶段结束于 ' || " ~ shown('stage1_actual_end') ~ " end"
        ~ " || '，第二阶段开始于 ' || " ~ shown('observed_on') ~ " || '，间隔应不少于 " ~ parameter('stage_gap_min_days') | trim ~ " 日'",
    evidence=['kind', 'stage1_audit_id', 'stage2_audit_id', 'stage1_actual_end', 'observed_on']
) }}
