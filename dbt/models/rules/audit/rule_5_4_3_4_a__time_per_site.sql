-- 5.4.3.4 Each audited site takes half or more of the on-site time that Annex B asks for the site alone.
with several as (
    select audit_id
    from {{ ref('int_audit__site_counts') }}
    where audit_type in ('stage2', 'surveillance', 'recertification')
        and fixed_sites > 1
),

judged as (
    select
        sites.audit_id || '|' || sites.site_id as subject_id,
        sites.body_id,
        sites.actual_start as anchor_on,
        sites.audit_id,
        sites.site_id,
        sites.site_kind,
        sites.headcount,
        sites.onsite_days,
        {{ parameter('site_time_share_min', on='sites.actual_start') }}
        * {{ parameter('onsite_share_min', on='sites.actual_start') }}
        * {{ required_days(
            'sites.headcount',
            ['sites.reduction_reason'],
            audit_type_parts('sites.audit_type', on='sites.actual_start'),
            parameter('initial_time_parts', on='sites.actual_start'),
            on='sites.actual_start'
        ) }} as required
    from {{ ref('int_audit__site') }} as sites
    inner join several on sites.audit_id = several.audit_id
    where sites.audited
        and sites.site_kind in ('headquarters', 'similar', 'dissimilar')
),

stated as (
    select
        *,
        case
            when headcount is null or onsite_days is null then 'undetermined'
            when onsite_days < required then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    found="'场所人数 ' || " ~ shown('headcount') ~ " || '，现场审核 ' || " ~ shown_number('onsite_days') ~ " || ' 人日，要求不少于 ' || " ~ shown_number('required') ~ " || ' 人日'",
    evidence=['audit_id', 'site_id', 'site_kind', 'headcount', 'onsite_days', 'required']
) }}
