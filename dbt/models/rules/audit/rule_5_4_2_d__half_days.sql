-- 5.4.2.3 Audit time is counted in half days.
with judged as (
    select
        audit_id as subject_id,
        body_id,
        actual_start as anchor_on,
        total_days,
        case
            when total_days % {{ parameter('audit_time_step_days', on='actual_start') }} <> 0 then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_audit__completed') }}
    where total_days is not null
)

{{ judgement(
    'judged',
    found="'审核时间 ' || " ~ shown_number('total_days') ~ " || ' 人日，不是半人日的整数倍'",
    evidence=['total_days']
) }}
