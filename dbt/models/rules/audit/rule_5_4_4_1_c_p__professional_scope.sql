-- Planned: 5.4.4.1 (2) The ITSMS auditors hold the professional scopes of the client on the day the audit begins.
with judged as (
    select
        *,
        audit_id as subject_id,
        start_on as anchor_on,
        case when team_state = 'breach' then 'warning' else team_state end as state
    from {{ ref('int_team__scope') }}
    where is_plan
)

{{ judgement(
    'judged',
    keys=['audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_subject',
    found=say('认证业务范围 {scope_codes}，已注册的 ITSMS 审核员具备专业能力的有 {codes_held} 项，共 {codes_needed} 项'),
    evidence=['scope_codes', 'codes_needed', 'codes_held', 'registered']
) }}
