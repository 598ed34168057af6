-- 5.6.2.2 A stage 1 that is not on site has its reason recorded.
with judged as (
    select
        audit_id as subject_id,
        body_id,
        actual_start as anchor_on,
        is_onsite,
        offsite_reason,
        case
            when is_onsite is null then 'undetermined'
            when not is_onsite and {{ is_blank('offsite_reason') }} then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_audit__completed') }}
    where audit_type = 'stage1'
)

{{ judgement(
    'judged',
    found="case when is_onsite is null then '第一阶段是否在现场实施未记录' when is_onsite then '第一阶段在现场实施' else '第一阶段未在现场实施' end || '，理由：' || " ~ shown('offsite_reason'),
    evidence=['is_onsite', 'offsite_reason']
) }}
