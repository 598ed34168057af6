-- 5.1.2 (7) No application is accepted while the client is on the serious-dishonesty list.
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
        clients.blacklisted_from,
        clients.blacklisted_until,
        coalesce(cast(clients.blacklisted_until as {{ dbt.type_string() }}), '今') as until_zh,
        {{ state_if(
            unless_unknown('clients.blacklisted_from <= applications.reviewed_on', ['blacklisted_from'], 'clients')
            ~ ' and '
            ~ unless_unknown(
                'clients.blacklisted_until is null or clients.blacklisted_until >= applications.reviewed_on', ['blacklisted_until'], 'clients'
            )
        ) }} as state
    from {{ ref('int_application__judged') }} as applications
    left join {{ ref('int_client') }} as clients on applications.org_id = clients.org_id
)

{{ judgement(
    'judged',
    keys=['application_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('受理于 {reviewed_on}，列入严重违法失信名单自 {blacklisted_from} 至 {until_zh}（按今日记录）'),
    evidence=['org_id', 'reviewed_on', 'blacklisted_from', 'blacklisted_until']
) }}
