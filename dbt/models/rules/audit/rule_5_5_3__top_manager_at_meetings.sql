-- 5.5.3 The top manager attends the meetings, or an authorised deputy does and the reason is recorded.
with judged as (
    select
        audit_id as subject_id,
        body_id,
        actual_start as anchor_on,
        audit_type,
        top_manager_present,
        authorised_deputy,
        absence_reason,
        case
            when top_manager_present is null then 'undetermined'
            when top_manager_present then 'pass'
            when {{ is_blank('absence_reason') }} then 'breach'
            when not authorised_deputy then 'breach'
            when authorised_deputy is null then 'undetermined'
            else 'pass'
        end as state
    from {{ ref('int_audit__completed') }}
    where audit_type in ('stage2', 'surveillance', 'recertification')
)

{{ judgement(
    'judged',
    found="case when top_manager_present then '最高管理者出席' when not top_manager_present then '最高管理者缺席' else '最高管理者是否出席未记录' end"
        ~ " || case when authorised_deputy then '，有书面授权的代表' when not authorised_deputy then '，没有书面授权的代表' else '，授权代表情况未记录' end"
        ~ " || '，缺席理由：' || " ~ shown('absence_reason'),
    evidence=['audit_type', 'top_manager_present', 'authorised_deputy', 'absence_reason']
) }}
