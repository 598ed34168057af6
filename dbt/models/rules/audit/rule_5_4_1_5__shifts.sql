-- 5.4.1.5 An audit looks at one shift at least, and says why it left out the others.
with judged as (
    select
        audit_id as subject_id,
        body_id,
        actual_start as anchor_on,
        shifts_total,
        shifts_audited,
        {{ is_blank('shift_skip_reason') }} as is_reason_missing
    from {{ ref('int_audit__completed') }}
    where audit_type in ('stage2', 'surveillance', 'recertification')
        and shifts_total > 1
),

stated as (
    select
        *,
        case
            when shifts_audited is null then 'undetermined'
            when shifts_audited < {{ parameter('shifts_audited_min', on='anchor_on') }} then 'breach'
            when shifts_audited < shifts_total and is_reason_missing then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    found="'共 ' || " ~ shown('shifts_total') ~ " || ' 个班次，已审核 ' || " ~ shown('shifts_audited') ~ " || ' 个，' || case when is_reason_missing then '未记录不审核其他班次的理由' else '已记录理由' end",
    evidence=['shifts_total', 'shifts_audited', 'is_reason_missing']
) }}
