-- 3.11, 4.2, 4.3 An auditor is registered for a system of the audit on every day of the assignment.
with judged as (
    select
        *,
        audit_id || '|' || person_id as subject_id,
        start_on as anchor_on,
        team_state as state
    from {{ ref('int_team__registration') }}
    where not is_plan
)

{{ judgement(
    'judged',
    keys=['audit_id', 'person_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_subject',
    found=say('{on_site_from} 至 {on_site_to} 期间没有连续有效的注册资格（体系 {systems}）'),
    evidence=['audit_id', 'person_id', 'role', 'systems', 'on_site_from', 'on_site_to']
) }}
