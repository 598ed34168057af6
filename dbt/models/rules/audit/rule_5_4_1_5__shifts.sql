-- 5.4.1.5 An audit looks at one shift at least, and says why it left out the others.
with audits as (
    select
        *,
        {{ is_blank('shift_skip_reason') }} as is_reason_missing,
        {{ is_completed_itsms(['stage2', 'surveillance', 'recertification']) }}
        and {{ unless_unreadable('shifts_total > 1', ['shifts_total']) }} as is_judged
    from {{ ref('int_audit__itsms') }}
),

judged as (
    select
        *,
        audit_id as subject_id,
        actual_start as anchor_on,
        case when is_reason_missing then '未记录不审核其他班次的理由' else '已记录理由' end as reason_zh,
        {{ state_if(
            'shifts_audited < ' ~ parameter('shifts_audited_min', on='actual_start')
            ~ ' or (shifts_audited < shifts_total and is_reason_missing)'
        ) }} as state
    from audits
    where {{ in_population('is_judged') }}
)

{{ judgement(
    'judged',
    keys=['audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('共 {shifts_total} 个班次，已审核 {shifts_audited} 个，{reason_zh}'),
    evidence=['shifts_total', 'shifts_audited', 'is_reason_missing']
) }}
