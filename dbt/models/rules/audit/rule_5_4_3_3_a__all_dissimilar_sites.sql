-- 5.4.3.3 Stage 2 and recertification go to every dissimilar site.
with judged as (
    select
        *,
        audit_id as subject_id,
        actual_start as anchor_on,
        case when dissimilar_audited < dissimilar_sites then 'breach' else 'pass' end as state
    from {{ ref('int_audit__site_counts') }}
    where audit_type in ('stage2', 'recertification')
        and dissimilar_sites > 0
)

{{ judgement(
    'judged',
    found="'非相似场所 ' || " ~ shown('dissimilar_sites') ~ " || ' 个，已审核 ' || " ~ shown('dissimilar_audited') ~ " || ' 个，应逐一审核'",
    evidence=['audit_type', 'dissimilar_sites', 'dissimilar_audited']
) }}
