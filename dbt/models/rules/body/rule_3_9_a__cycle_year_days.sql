-- 3.9 An auditor's on-site days in a cycle-year do not exceed 180, over all management systems.
with measured as (
    select
        person_id as subject_id,
        body_id,
        {{ as_of() }} as anchor_on,
        case {{ parameter('cycle_year_mode') }}
            when 'calendar' then calendar_year_days
            else rolling_max_days
        end as measured,
        rolling_max_days,
        rolling_max_end_on,
        calendar_year_days,
        forecast_max_days,
        {{ parameter('auditor_onsite_days_max') }} as limit_value
    from {{ ref('int_auditor__workload') }}
),

judged as (
    select
        *,
        case
            when measured > limit_value then 'breach'
            when measured > {{ parameter('auditor_onsite_days_warning') }} then 'warning'
            when forecast_max_days > limit_value then 'warning'
            else 'pass'
        end as state
    from measured
)

{{ judgement(
    'judged',
    has=['measured', 'limit_value'],
    found="'周期年内现场审核 ' || " ~ shown_number('measured') ~ " || ' 天，上限 ' || " ~ shown_number('limit_value') ~ " || ' 天；按计划未来 90 天内最高 ' || " ~ shown_number('forecast_max_days') ~ " || ' 天'",
    evidence=['rolling_max_days', 'rolling_max_end_on', 'calendar_year_days', 'forecast_max_days']
) }}
