-- 3.6 A body keeps ten full-time ITSMS auditors or more.
with judged as (
    select
        body_id as subject_id,
        body_id,
        {{ as_of() }} as anchor_on,
        itsms_auditors_full_time as measured,
        {{ parameter('auditor_full_time_min') }} as limit_value,
        case
            when itsms_auditors_full_time < {{ parameter('auditor_full_time_min') }} then 'breach'
            when itsms_auditors_full_time
                < {{ parameter('auditor_full_time_min') }} + {{ parameter('auditor_full_time_warning_margin') }} then 'warning'
            else 'pass'
        end as state
    from {{ ref('int_body__capacity') }}
)

{{ judgement(
    'judged',
    has=['measured', 'limit_value'],
    found="'现有 ITSMS 专职审核员 ' || " ~ shown_number('measured') ~ " || ' 名，要求不少于 ' || " ~ shown_number('limit_value') ~ " || ' 名'",
    evidence=['body_id', 'measured']
) }}
