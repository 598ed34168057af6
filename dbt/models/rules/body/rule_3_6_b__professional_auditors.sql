-- 3.6 Two professional auditors or more for every scope that a body certifies or is approved for.
with judged as (
    select
        body_id || '|' || scope_code as subject_id,
        body_id,
        {{ as_of() }} as anchor_on,
        scope_code,
        professional_auditors,
        {{ parameter('professional_auditor_min') }} as required
    from {{ ref('int_body__scope_capacity') }}
),

stated as (
    select
        *,
        case when professional_auditors < required then 'breach' else 'pass' end as state
    from judged
)

{{ judgement(
    'stated',
    found="'业务范围 ' || scope_code || ' 现有专业领域审核员 ' || " ~ shown_number('professional_auditors') ~ " || ' 名，要求不少于 ' || " ~ shown_number('required') ~ " || ' 名'",
    evidence=['body_id', 'scope_code', 'professional_auditors', 'required']
) }}
