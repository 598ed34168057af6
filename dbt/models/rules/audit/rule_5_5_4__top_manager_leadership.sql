-- 5.5.4 The top manager is interviewed; one who does not know the policy and objectives does not pass.
with audits as (
    select
        audit_id,
        body_id,
        actual_start,
        audit_type,
        top_manager_interviewed,
        top_manager_competent,
        conclusion,
        not top_manager_interviewed
            or (not top_manager_competent and conclusion in ('recommend', 'maintain')) as is_broken
    from {{ ref('int_audit__completed') }}
    where audit_type in ('stage2', 'surveillance', 'recertification')
),

judged as (
    select
        audit_id as subject_id,
        body_id,
        actual_start as anchor_on,
        audit_type,
        top_manager_interviewed,
        top_manager_competent,
        conclusion,
        case
            when is_broken then 'breach'
            when is_broken is null then 'undetermined'
            else 'pass'
        end as state
    from audits
)

{{ judgement(
    'judged',
    found="case when top_manager_interviewed then '已访谈最高管理者' when not top_manager_interviewed then '未访谈最高管理者' else '是否访谈最高管理者未记录' end"
        ~ " || case when top_manager_competent then '，其熟悉方针目标' when not top_manager_competent then '，其不熟悉方针目标' else '，其是否熟悉方针目标未记录' end"
        ~ " || '，审核结论：' || " ~ conclusion_label('conclusion'),
    evidence=['audit_type', 'top_manager_interviewed', 'top_manager_competent', 'conclusion']
) }}
