-- 5.1.2 (1) An application is accepted only while the client's legal status holds.
with judged as (
    select
        applications.application_id,
        applications.application_id as subject_id,
        applications.body_id,
        applications.org_id,
        applications.is_abroad,
        applications.is_judged,
        applications.reviewed_on,
        applications.reviewed_on as anchor_on,
        clients.legal_status_valid_until,
        clients.legal_status_revoked_on,
        {{ state_if(
            unless_unknown('clients.legal_status_valid_until < applications.reviewed_on', ['legal_status_valid_until'], 'clients')
            ~ ' or '
            ~ unless_unknown('clients.legal_status_revoked_on <= applications.reviewed_on', ['legal_status_revoked_on'], 'clients')
        ) }} as state
    from {{ ref('int_application__judged') }} as applications
    left join {{ ref('int_client') }} as clients on applications.org_id = clients.org_id
)

{{ judgement(
    'judged',
    keys=['application_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('受理于 {reviewed_on}，主体资格有效期至 {legal_status_valid_until}，撤销或注销于 {legal_status_revoked_on}（按今日记录）'),
    evidence=['org_id', 'reviewed_on', 'legal_status_valid_until', 'legal_status_revoked_on']
) }}
