-- 3.10 Valid certificates per auditor do not exceed 50 (ITSMS). Compared as integers: no ratio is rounded before the limit.
with judged as (
    select
        body_id as subject_id,
        body_id,
        {{ as_of() }} as anchor_on,
        valid_itsms,
        itsms_auditors,
        ratio_itsms as measured,
        {{ parameter('certificates_per_auditor_max') }} as limit_value,
        case
            when itsms_auditors = 0 and valid_itsms > 0 then 'breach'
            when valid_itsms > {{ parameter('certificates_per_auditor_max') }} * itsms_auditors then 'breach'
            when valid_itsms > {{ parameter('certificates_per_auditor_warning') }} * itsms_auditors then 'warning'
            else 'pass'
        end as state
    from {{ ref('int_body__capacity') }}
)

{{ judgement(
    'judged',
    has=['measured', 'limit_value'],
    found="'ITSMS 有效证书 ' || " ~ shown_number('valid_itsms') ~ " || ' 张，审核员 ' || " ~ shown_number('itsms_auditors') ~ " || ' 名，人均 ' || " ~ shown_number('measured') ~ " || ' 张，上限 ' || " ~ shown_number('limit_value') ~ " || ' 张'",
    evidence=['valid_itsms', 'itsms_auditors', 'measured']
) }}
