-- Planned: 5.4.4.1 (2), 3.11 For each system of a combined audit somebody on the team is registered for it.
with judged as (
    select
        *,
        audit_id as subject_id,
        start_on as anchor_on,
        coalesce(missing_systems, '无') as missing_zh,
        coalesce(open_systems, '无') as open_zh,
        case when team_state = 'breach' then 'warning' else team_state end as state
    from {{ ref('int_team__system') }}
    where is_plan
)

{{ judgement(
    'judged',
    keys=['audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_subject',
    found=say('结合审核体系 {systems}；审核组中无人注册的体系：{missing_zh}；无法判断的体系：{open_zh}'),
    evidence=['systems', 'missing_systems', 'open_systems']
) }}
