-- 5.12.4, 5.8.2, 5.10.3 (3) Only what was ready when the old certificate expired can be renewed: the audit completed and
-- its major nonconformities verified.
with judged as (
    select
        decision_id as subject_id,
        decision_id,
        body_id,
        decided_on as anchor_on,
        audit_id,
        audited_certificate_id as certificate_id,
        expires_on,
        audit_ended_on,
        is_audit_ready,
        is_abroad,
        is_member,
        decided_on as observed_on,
        case
            when is_ready is null then 'undetermined'
            when not is_ready then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_decision__renewal') }}
)

{{ judgement(
    'judged',
    has=['observed_on'],
    keys=['decision_id', 'audit_id', 'certificate_id'],
    abroad='is_abroad',
    member='is_member',
    found=say(
        '原证书有效期至 {expires_on}，审核结束于 {audit_ended_on}，决定日 {observed_on}{why}',
        why="case when state = 'undetermined' then '' when not is_audit_ready then '，到期时审核未完成' else '，到期时有严重不符合未验证' end"
    ),
    evidence=['audit_id', 'certificate_id', 'expires_on', 'audit_ended_on', 'observed_on']
) }}
