-- 5.4.2.3 Four fifths of the audit time or more are spent on site: over both stages of an initial audit, and in
-- each surveillance and recertification.
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
        {{ wide_days('stage1_onsite_days') }} + {{ wide_days('stage2_onsite_days') }} as onsite_days,
        {{ wide_days('stage1_total_days') }} + {{ wide_days('stage2_total_days') }} as total_days
    from {{ ref('int_application__stage_pair') }}
    where {{ in_population("is_paired and kind in ('initial', 'transfer')") }}
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
        {{ wide_days('onsite_days') }} as onsite_days,
        {{ wide_days('total_days') }} as total_days
    from {{ ref('int_audit__itsms') }}
    where {{ in_population(is_completed_itsms(['surveillance', 'recertification'])) }}
),

judged as (
    select
        *,
        {{ parameter('onsite_share_min', on='anchor_on') }} * total_days as required
    from audited
),

stated as (
    select
        *,
        {{ state_if('onsite_days < required') }} as state
    from judged
)

{{ judgement(
    'stated',
    keys=['application_id', 'audit_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('现场审核 {onsite_days:number} 人日，审核时间 {total_days:number} 人日，现场要求不少于 {required:number} 人日'),
    evidence=['onsite_days', 'total_days', 'required']
) }}
