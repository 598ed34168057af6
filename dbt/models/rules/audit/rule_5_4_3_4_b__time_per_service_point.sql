-- 5.4.3.4 An audited service point takes a quarter of a day or more.
with judged as (
    select
        *,
        audit_id || '|' || site_id as subject_id,
        actual_start as anchor_on,
        {{ is_completed_itsms() }} and audited and site_kind = 'service_point' as is_judged,
        {{ parameter('service_point_days_min', on='actual_start') }} as required
    from {{ ref('int_audit__site') }}
    where {{ in_population(is_completed_itsms() ~ " and audited and site_kind = 'service_point'") }}
),

stated as (
    select
        *,
        {{ state_if('onsite_days < required') }} as state
    from judged
)

{{ judgement(
    'stated',
    keys=['audit_id', 'site_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('服务点现场审核 {onsite_days:number} 人日，要求不少于 {required:number} 人日'),
    evidence=['audit_id', 'site_id', 'onsite_days', 'required']
) }}
