-- 5.4.3.3 A surveillance goes to 30 % of the dissimilar sites or more, and to the headquarters.
with judged as (
    select
        *,
        audit_id as subject_id,
        actual_start as anchor_on,
        {{ parameter('dissimilar_sites_share_min', on='actual_start') }} * dissimilar_sites as required
    from {{ ref('int_audit__site_counts') }}
    where audit_type = 'surveillance'
        and dissimilar_sites > 0
),

stated as (
    select
        *,
        case
            when dissimilar_audited < required then 'breach'
            when headquarters_sites = 0 then 'undetermined'
            when headquarters_audited = 0 then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    found="'非相似场所 ' || " ~ shown('dissimilar_sites') ~ " || ' 个，已审核 ' || " ~ shown('dissimilar_audited') ~ " || ' 个，要求不少于 ' || " ~ shown_number('required') ~ " || ' 个；中心职能部门'"
        ~ " || case when headquarters_sites = 0 then '未记录' when headquarters_audited = 0 then '未审核' else '已审核' end",
    evidence=['dissimilar_sites', 'dissimilar_audited', 'required', 'headquarters_sites', 'headquarters_audited']
) }}
