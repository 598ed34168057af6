-- 5.4.2.4, Annex B What the systems would take separately is more than what ITSMS alone needs by Annex B.
with audited as (
    select
        'application|' || application_id as subject_id,
        application_id,
        cast(null as {{ dbt.type_string() }}) as audit_id,
        body_id,
        org_id,
        is_abroad,
        is_paired and kind in ('initial', 'transfer') as is_judged,
        stage2_actual_start as anchor_on,
        headcount,
        {{ wide_days('stage1_separate_days_sum') }} + {{ wide_days('stage2_separate_days_sum') }} as separate_days,
        {{ floor_parts(
            'headcount',
            ['stage1_reduction_reason', 'stage2_reduction_reason'],
            parameter('initial_time_parts', on='stage2_actual_start'),
            on='stage2_actual_start'
        ) }} as required_parts
    from {{ ref('int_application__stage_pair') }}
    where {{ in_population("is_paired and kind in ('initial', 'transfer')") }}
        and coalesce(stage2_is_combined, true)
    union all
    select
        'audit|' || audit_id as subject_id,
        application_id,
        audit_id,
        body_id,
        org_id,
        is_abroad,
        {{ is_completed_itsms(['surveillance', 'recertification']) }} as is_judged,
        actual_start as anchor_on,
        headcount_effective as headcount,
        {{ wide_days('separate_days_sum') }} as separate_days,
        {{ floor_parts(
            'headcount_effective', ['reduction_reason'], audit_type_parts('audit_type', on='actual_start'), on='actual_start'
        ) }} as required_parts
    from {{ ref('int_audit__itsms') }}
    where {{ in_population(is_completed_itsms(['surveillance', 'recertification'])) }}
        and (is_combined or is_itsms is null)
),

judged as (
    select
        *,
        {{ floor_in_half_days('required_parts', parameter('initial_time_parts', on='anchor_on')) }} as required
    from audited
),

stated as (
    select
        *,
        {{ state_if('separate_days < required') }} as state
    from judged
)

{{ judgement(
    'stated',
    keys=['application_id', 'audit_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('有效人数 {headcount}，各体系单独审核时间合计 {separate_days:number} 人日，ITSMS 单独审核即需 {required:number} 人日'),
    evidence=['headcount', 'separate_days', 'required']
) }}
