-- 5.4.2.4 A combined audit takes four fifths or more of the time that its systems would take separately.
with judged as (
    select
        *,
        audit_id as subject_id,
        actual_start as anchor_on,
        {{ is_completed_itsms() }} as is_judged,
        {{ parameter('combined_share_min', on='actual_start') }} * {{ wide_days('separate_days_sum') }} as required
    from {{ ref('int_audit__itsms') }}
    where {{ in_population(is_completed_itsms()) }}
        and (is_combined or is_itsms is null)
),

stated as (
    select
        *,
        {{ state_if('combined_total_days < required') }} as state
    from judged
)

{{ judgement(
    'stated',
    keys=['audit_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('结合审核总时间 {combined_total_days:number} 人日，单独审核合计 {separate_days_sum:number} 人日，要求不少于 {required:number} 人日'),
    evidence=['systems', 'combined_total_days', 'separate_days_sum', 'required']
) }}
