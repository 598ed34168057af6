-- 5.1.2 (6) No application is accepted while the client is ordered to close.
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
        clients.closure_from,
        clients.closure_until,
        coalesce(cast(clients.closure_until as {{ dbt.type_string() }}), '今') as until_zh,
        {{ state_if(
            unless_unknown('clients.closure_from <= applications.reviewed_on', ['closure_from'], 'clients')
            ~ ' and '
            ~ unless_unknown(
                'clients.closure_until is null or clients.closure_until >= applications.reviewed_on', ['closure_until'], 'clients'
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
    found=say('受理于 {reviewed_on}，责令停产停业整顿自 {closure_from} 至 {until_zh}（按今日记录）'),
    evidence=['org_id', 'reviewed_on', 'closure_from', 'closure_until']
) }}
