-- 5.5.3 The top manager attends the meetings, or an authorised deputy does and the reason is recorded.
with audits as (
    select
        *,
        {{ is_completed_itsms() }} and (
            audit_type in ('stage2', 'surveillance', 'recertification')
            or {{ unless_unreadable('is_onsite', ['is_onsite']) }}
        ) as is_judged
    from {{ ref('int_audit__itsms') }}
),

judged as (
    select
        *,
        audit_id as subject_id,
        actual_start as anchor_on,
        case when top_manager_present then '最高管理者出席' when not top_manager_present then '最高管理者缺席' else '最高管理者是否出席未记录' end as present_zh,
        case when authorised_deputy then '有书面授权的代表' when not authorised_deputy then '没有书面授权的代表' else '授权代表情况未记录' end as deputy_zh,
        case
            when top_manager_present is null then 'undetermined'
            when top_manager_present then 'pass'
            when {{ is_blank('absence_reason') }} then 'breach'
            when not authorised_deputy then 'breach'
            when authorised_deputy is null then 'undetermined'
            else 'pass'
        end as state
    from audits
    where {{ in_population('is_judged') }}
)

{{ judgement(
    'judged',
    keys=['audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('{present_zh}，{deputy_zh}，缺席理由：{absence_reason}'),
    evidence=['audit_type', 'top_manager_present', 'authorised_deputy', 'absence_reason']
) }}
