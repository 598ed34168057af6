-- 5.4.3.2 Of X similar sites a sample of factor x root of X, rounded up, is audited: compared as squares, so that no root is taken.
with factors as (
    select
        *,
        case audit_type
            when 'stage2' then {{ parameter('similar_sites_factor_stage2', on='actual_start') }}
            when 'surveillance' then {{ parameter('similar_sites_factor_surveillance', on='actual_start') }}
            when 'recertification' then {{ parameter('similar_sites_factor_recertification', on='actual_start') }}
        end as factor
    from {{ ref('int_audit__site_counts') }}
    where audit_type in ('stage2', 'surveillance', 'recertification')
        and similar_sites > 0
),

judged as (
    select
        *,
        audit_id as subject_id,
        actual_start as anchor_on,
        case
            when similar_audited * similar_audited < factor * factor * similar_sites then 'breach'
            else 'pass'
        end as state
    from factors
)

{{ judgement(
    'judged',
    found="'相似场所 ' || " ~ shown('similar_sites') ~ " || ' 个，已审核 ' || " ~ shown('similar_audited') ~ " || ' 个，少于 ' || " ~ shown_number('factor') ~ " || ' × √' || " ~ shown('similar_sites') ~ " || '（向上取整）'",
    evidence=['audit_type', 'similar_sites', 'similar_audited', 'factor']
) }}
