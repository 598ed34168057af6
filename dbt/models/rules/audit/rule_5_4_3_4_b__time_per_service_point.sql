-- 5.4.3.4 An audited service point takes a quarter of a day or more.
with judged as (
    select
        audit_id || '|' || site_id as subject_id,
        body_id,
        actual_start as anchor_on,
        audit_id,
        site_id,
        onsite_days,
        {{ parameter('service_point_days_min', on='actual_start') }} as required
    from {{ ref('int_audit__site') }}
    where site_kind = 'service_point'
        and audited
),

stated as (
    select
        *,
        case
            when onsite_days is null then 'undetermined'
            when onsite_days < required then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    found="'服务点现场审核 ' || " ~ shown_number('onsite_days') ~ " || ' 人日，要求不少于 ' || " ~ shown_number('required') ~ " || ' 人日'",
    evidence=['audit_id', 'site_id', 'onsite_days', 'required']
) }}
