-- 5.4.2.4 A combined audit takes four fifths or more of the time that its systems would take separately.
with judged as (
    select
        audit_id as subject_id,
        body_id,
        actual_start as anchor_on,
        systems,
        combined_total_days,
        separate_days_sum,
        {{ parameter('combined_share_min', on='actual_start') }} * {{ wide_days('separate_days_sum') }} as required
    from {{ ref('int_audit__completed') }}
    where systems like '%;%'
),

stated as (
    select
        *,
        case
            when combined_total_days is null or separate_days_sum is null then 'undetermined'
            when combined_total_days < required then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    found="'结合审核总时间 ' || " ~ shown_number('combined_total_days') ~ " || ' 人日，单独审核合计 ' || " ~ shown_number('separate_days_sum') ~ " || ' 人日，要求不少于 ' || " ~ shown_number('required') ~ " || ' 人日'",
    evidence=['systems', 'combined_total_days', 'separate_days_sum', 'required']
) }}
