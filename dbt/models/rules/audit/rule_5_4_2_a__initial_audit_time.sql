-- 5.4.2.3, Annex B Stage 1 and stage 2 together take the time of Annex B, reduced by 30 % at most and with a reason.
with pairs as (
    select
        *,
        coalesce(stage2_headcount_effective, application_headcount) as headcount,
        {{ wide_days('stage1_total_days') }} + {{ wide_days('stage2_total_days') }} as total_days
    from {{ ref('int_application__stage_pair') }}
    where kind in ('initial', 'transfer')
),

judged as (
    select
        *,
        application_id as subject_id,
        stage2_actual_start as anchor_on,
        {{ required_days('headcount', ['stage1_reduction_reason', 'stage2_reduction_reason'], 1, 1, on='stage2_actual_start') }} as required
    from pairs
),

stated as (
    select
        *,
        case
            when headcount is null or total_days is null then 'undetermined'
            when total_days < required then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    found="'有效人数 ' || " ~ shown('headcount') ~ " || '，两阶段审核时间合计 ' || " ~ shown_number('total_days') ~ " || ' 人日，要求不少于 ' || " ~ shown_number('required') ~ " || ' 人日'",
    evidence=['stage1_audit_id', 'stage2_audit_id', 'headcount', 'stage1_total_days', 'stage2_total_days', 'total_days', 'required']
) }}
