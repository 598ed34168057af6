-- 5.6.2.2 A stage 1 that is not on site has its reason recorded.
with judged as (
    select
        *,
        audit_id as subject_id,
        actual_start as anchor_on,
        {{ is_completed_itsms(['stage1']) }} as is_judged,
        case when is_onsite then '在现场实施' when not is_onsite then '未在现场实施' else '是否在现场实施未记录' end as onsite_zh,
        case
            when is_onsite is null then 'undetermined'
            when not is_onsite and {{ is_blank('offsite_reason') }} then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_audit__itsms') }}
    where {{ in_population(is_completed_itsms(['stage1'])) }}
)

{{ judgement(
    'judged',
    keys=['audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('第一阶段{onsite_zh}，理由：{offsite_reason}'),
    evidence=['is_onsite', 'offsite_reason']
) }}
