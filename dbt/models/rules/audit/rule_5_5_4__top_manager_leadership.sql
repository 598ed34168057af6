-- 5.5.4 The top manager is interviewed; one who does not know the policy and objectives does not pass.
with judged as (
    select
        *,
        audit_id as subject_id,
        actual_start as anchor_on,
        {{ is_completed_itsms(['stage2', 'surveillance', 'recertification']) }} as is_judged,
        case when top_manager_interviewed then '已访谈最高管理者' when not top_manager_interviewed then '未访谈最高管理者' else '是否访谈最高管理者未记录' end as interviewed_zh,
        case when top_manager_competent then '其熟悉方针目标' when not top_manager_competent then '其不熟悉方针目标' else '其是否熟悉方针目标未记录' end as competent_zh,
        {{ state_if("not top_manager_interviewed or (not top_manager_competent and conclusion in ('recommend', 'maintain'))") }} as state
    from {{ ref('int_audit__itsms') }}
    where {{ in_population(is_completed_itsms(['stage2', 'surveillance', 'recertification'])) }}
)

{{ judgement(
    'judged',
    keys=['audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('{interviewed_zh}，{competent_zh}，审核结论：{conclusion_zh}', conclusion_zh=term('audit_conclusion', 'conclusion')),
    evidence=['audit_type', 'top_manager_interviewed', 'top_manager_competent', 'conclusion']
) }}
