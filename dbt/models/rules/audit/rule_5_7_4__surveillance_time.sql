-- 5.7.4 A surveillance takes a third or more of the time of an initial audit.
with audits as (
    select
        *,
        {{ is_completed_itsms(['surveillance']) }} as is_judged,
        {{ floor_parts(
            'headcount_effective',
            ['reduction_reason'],
            parameter('surveillance_time_parts', on='actual_start'),
            combined='is_combined',
            on='actual_start'
        ) }} as required_parts
    from {{ ref('int_audit__itsms') }}
    where {{ in_population(is_completed_itsms(['surveillance'])) }}
),

judged as (
    select
        *,
        audit_id as subject_id,
        actual_start as anchor_on,
        {{ floor_in_half_days('required_parts', parameter('initial_time_parts', on='actual_start')) }} as required,
        {{ floor_in_days('required_parts', parameter('initial_time_parts', on='actual_start')) }} as calculated,
        {{ floor_state('total_days', 'required_parts', parameter('initial_time_parts', on='actual_start')) }} as state
    from audits
)

{{ judgement(
    'judged',
    keys=['audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('有效人数 {headcount_effective}，审核时间 {total_days:number} 人日，计算值 {calculated:number} 人日，要求不少于 {required:number} 人日'),
    evidence=['certificate_id', 'headcount_effective', 'total_days', 'calculated', 'required']
) }}
