-- Planned: 11.4.2 Who gave a client ITSMS technical service takes no part in its audits for two years.
with judged as (
    select
        *,
        audit_id || '|' || person_id as subject_id,
        start_on as anchor_on,
        case when coalesce(has_served, false) then 'warning' when coalesce(may_have_served, false) then 'undetermined' else 'pass' end as state
    from {{ ref('int_team__relationship') }}
    where is_plan
)

{{ judgement(
    'judged',
    keys=['audit_id', 'person_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('该人员为认证委托人提供技术服务自 {served_from} 至 {served_until}，计划参与的审核自 {start_on}'),
    evidence=['person_id', 'org_id', 'start_on', 'served_from', 'served_until']
) }}
