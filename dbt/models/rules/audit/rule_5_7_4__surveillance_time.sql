-- 5.7.4 A surveillance takes a third or more of the time of an initial audit.
with judged as (
    select
        *,
        audit_id as subject_id,
        actual_start as anchor_on,
        {{ required_days(
            'headcount_effective',
            ['reduction_reason'],
            parameter('surveillance_time_parts', on='actual_start'),
            parameter('initial_time_parts', on='actual_start'),
            on='actual_start'
        ) }} as required
    from {{ ref('int_audit__completed') }}
    where audit_type = 'surveillance'
),

stated as (
    select
        *,
        case
            when headcount_effective is null or total_days is null then 'undetermined'
            when total_days < required then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    found="'有效人数 ' || " ~ shown('headcount_effective') ~ " || '，审核时间 ' || " ~ shown_number('total_days') ~ " || ' 人日，要求不少于 ' || " ~ shown_number('required') ~ " || ' 人日'",
    evidence=['certificate_id', 'headcount_effective', 'total_days', 'required']
) }}
