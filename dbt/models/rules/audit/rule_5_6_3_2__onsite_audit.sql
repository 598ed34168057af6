-- 5.5.1, 5.6.3.2, 5.8.2 Stage 2, surveillance and recertification take place on site.
with judged as (
    select
        audit_id as subject_id,
        body_id,
        actual_start as anchor_on,
        audit_type,
        is_onsite,
        case
            when is_onsite is null then 'undetermined'
            when not is_onsite then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_audit__completed') }}
    where audit_type in ('stage2', 'surveillance', 'recertification')
)

{{ judgement(
    'judged',
    found="case when is_onsite is null then '是否在现场实施未记录' else '审核未在现场实施' end || '，审核类型：' || " ~ audit_type_label('audit_type'),
    evidence=['audit_type', 'is_onsite']
) }}
