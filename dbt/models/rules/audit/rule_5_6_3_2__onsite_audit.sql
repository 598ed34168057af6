-- 5.5.1, 5.6.3.2, 5.8.2 Stage 2, surveillance, recertification and special audits take place on site.
with judged as (
    select
        *,
        audit_id as subject_id,
        actual_start as anchor_on,
        {{ is_completed_itsms(['stage2', 'surveillance', 'recertification', 'special']) }} as is_judged,
        case when is_onsite is null then '是否在现场实施未记录' else '审核未在现场实施' end as onsite_zh,
        {{ state_if('not is_onsite') }} as state
    from {{ ref('int_audit__itsms') }}
    where {{ in_population(is_completed_itsms(['stage2', 'surveillance', 'recertification', 'special'])) }}
)

{{ judgement(
    'judged',
    keys=['audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('{onsite_zh}，审核类型：{type_zh}', type_zh=term('audit_type', 'audit_type', short=true)),
    evidence=['audit_type', 'is_onsite']
) }}
