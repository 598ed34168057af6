-- 3.10 Valid certificates per auditor do not exceed 50 (all). Compared as integers: no ratio is rounded before the limit.
with judged as (
    select
        body_id as subject_id,
        body_id,
        {{ as_of() }} as anchor_on,
        valid_all,
        all_auditors,
        ratio_all as measured,
        {{ parameter('certificates_per_auditor_max') }} as limit_value,
        case
            when all_auditors = 0 and valid_all > 0 then 'breach'
            when valid_all > {{ parameter('certificates_per_auditor_max') }} * all_auditors then 'breach'
            when valid_all > {{ parameter('certificates_per_auditor_warning') }} * all_auditors then 'warning'
            else 'pass'
        end as state
    from {{ ref('int_body__capacity') }}
)

{{ judgement(
    'judged',
    has=['measured', 'limit_value'],
    found="'全部管理体系有效证书 ' || " ~ shown_number('valid_all') ~ " || ' 张，审核员 ' || " ~ shown_number('all_auditors') ~ " || ' 名，人均 ' || " ~ shown_number('measured') ~ " || ' 张，上限 ' || " ~ shown_number('limit_value') ~ " || ' 张'",
    evidence=['valid_all', 'all_auditors', 'measured']
) }}
