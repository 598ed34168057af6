-- 5.12.1, 5.5.4 A positive decision against the team's conclusion: a breach where the top manager was found not
-- competent (应不予通过), otherwise the reason must be on file.
with judged as (
    select
        decision_id as subject_id,
        decision_id,
        body_id,
        decided_on as anchor_on,
        kind,
        audit_id,
        conclusion,
        top_manager_competent,
        is_abroad,
        kind in ('grant', 'renew', 'extend', 'maintain') and is_itsms as is_member,
        case
            when is_audit_stub or conclusion is null then 'undetermined'
            when conclusion not in ('not_recommend', 'not_maintain') then 'pass'
            when top_manager_competent is null then 'undetermined'
            when not top_manager_competent then 'breach'
            else 'warning'
        end as state
    from {{ ref('int_decision__itsms') }}
    where {{ in_population("kind in ('grant', 'renew', 'extend', 'maintain')") }}
        and not has_no_audit
)

{{ judgement(
    'judged',
    keys=['decision_id', 'audit_id'],
    abroad='is_abroad',
    member='is_member',
    found=say(
        '审核结论 {conclusion_word}，最高管理者能力 {competence}，认证决定仍为通过',
        conclusion_word=term('audit_conclusion', 'conclusion'),
        competence="case when top_manager_competent then '胜任' when not top_manager_competent then '不胜任' else '未记录' end"
    ),
    evidence=['kind', 'audit_id', 'conclusion', 'top_manager_competent']
) }}
