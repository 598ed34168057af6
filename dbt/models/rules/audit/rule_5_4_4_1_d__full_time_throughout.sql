-- 5.4.4.1 (3) A full-time ITSMS auditor of the body takes part from the first day of the audit to the last.
with judged as (
    select
        *,
        audit_id as subject_id,
        start_on as anchor_on,
        team_state as state
    from {{ ref('int_team__full_time') }}
    where not is_plan
)

{{ judgement(
    'judged',
    keys=['audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_subject',
    found=say('审核 {start_on} 至 {end_on}，审核员 {auditors} 名，没有本机构在职并注册的专职 ITSMS 审核员全程参加'),
    evidence=['start_on', 'end_on', 'auditors', 'registered']
) }}
