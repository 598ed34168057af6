-- 5.4.2.3 Four fifths of the audit time or more are spent on site: over both stages of an initial audit, and in
-- each surveillance and recertification.
with audited as (
    select
        'application|' || application_id as subject_id,
        body_id,
        stage2_actual_start as anchor_on,
        {{ wide_days('stage1_onsite_days') }} + {{ wide_days('stage2_onsite_days') }} as onsite_days,
        {{ wide_days('stage1_total_days') }} + {{ wide_days('stage2_total_days') }} as total_days
    from {{ ref('int_application__stage_pair') }}
    where kind in ('initial', 'transfer')
    union all
    select
        'audit|' || audit_id as subject_id,
        body_id,
        actual_start as anchor_on,
        {{ wide_days('onsite_days') }} as onsite_days,
        {{ wide_days('total_days') }} as total_days
    from {{ ref('int_audit__completed') }}
    where audit_type in ('surveillance', 'recertification')
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
        case
            when onsite_days is null or total_days is null then 'undetermined'
            when onsite_days < required then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    found="'现场审核 ' || " ~ shown_number('onsite_days') ~ " || ' 人日，审核时间 ' || " ~ shown_number('total_days') ~ " || ' 人日，现场要求不少于 ' || " ~ shown_number('required') ~ " || ' 人日'",
    evidence=['onsite_days', 'total_days', 'required']
) }}
