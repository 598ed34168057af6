-- 5.4.3.2 Of X similar sites a sample of factor x root of X, rounded up, is audited: compared as squares, so that no root is taken.
with audits as (
    select
        *,
        case audit_type
            when 'stage2' then {{ parameter('similar_sites_factor_stage2', on='actual_start') }}
            when 'surveillance' then {{ parameter('similar_sites_factor_surveillance', on='actual_start') }}
            when 'recertification' then {{ parameter('similar_sites_factor_recertification', on='actual_start') }}
        end as factor,
        {{ is_completed_itsms(['stage2', 'surveillance', 'recertification']) }} and case
            when similar_sites > 0 then true
            when unknown_sites > 0 then null
            else false
        end as is_judged,
        -- What the sample would be if every unknown cell were in the body's favour.
        similar_audited + similar_open + unknown_audited_or_open as audited_at_best
    from {{ ref('int_audit__site_counts') }}
),

judged as (
    select
        *,
        audit_id as subject_id,
        actual_start as anchor_on,
        case
            when factor is null then 'undetermined'
            when audited_at_best * audited_at_best < factor * factor * (similar_sites + unknown_audited_or_open) then 'breach'
            when similar_audited * similar_audited
                < factor * factor * (similar_sites + unknown_sites - unknown_audited) then 'undetermined'
            else 'pass'
        end as state
    from audits
    where {{ in_population('is_judged') }}
)

{{ judgement(
    'judged',
    keys=['audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('相似场所 {similar_sites} 个，已审核 {similar_audited} 个，要求不少于 {factor:number} × √{similar_sites}（向上取整）'),
    evidence=['audit_type', 'similar_sites', 'similar_audited', 'factor']
) }}
