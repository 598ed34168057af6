-- 5.12.2 (1) Nothing is granted, renewed or extended while a condition of 5.1.2 does not hold on the day of the decision.
{% set not_said = [
    is_unreadable('legal_status_valid_until', 'clients'),
    is_unreadable('legal_status_revoked_on', 'clients'),
    is_unreadable('closure_from', 'clients') ~ ' and coalesce(clients.closure_until >= decisions.decided_on, true)',
    is_unreadable('closure_until', 'clients') ~ ' and clients.closure_from <= decisions.decided_on',
    is_unreadable('blacklisted_from', 'clients') ~ ' and coalesce(clients.blacklisted_until >= decisions.decided_on, true)',
    is_unreadable('blacklisted_until', 'clients') ~ ' and clients.blacklisted_from <= decisions.decided_on',
] -%}
with conditions as (
    select
        decisions.decision_id as subject_id,
        decisions.decision_id,
        decisions.body_id,
        decisions.org_id,
        decisions.decided_on as anchor_on,
        decisions.decided_on,
        decisions.kind,
        decisions.is_abroad,
        decisions.kind in ('grant', 'renew', 'extend') and decisions.is_itsms as is_member,
        coalesce(clients.legal_status_valid_until < decisions.decided_on, false)
        or coalesce(clients.legal_status_revoked_on <= decisions.decided_on, false) as is_without_status,
        coalesce(clients.licence_required and clients.licence_valid_until < decisions.decided_on, false) as is_without_licence,
        coalesce(clients.closure_from <= decisions.decided_on, false)
        and coalesce(clients.closure_until >= decisions.decided_on, not {{ is_unreadable('closure_until', 'clients') }}) as is_closed,
        coalesce(clients.blacklisted_from <= decisions.decided_on, false)
        and coalesce(clients.blacklisted_until >= decisions.decided_on, not {{ is_unreadable('blacklisted_until', 'clients') }}) as is_blacklisted,
        coalesce(clients.is_stub, true)
        or clients.licence_required is null
        or (clients.licence_required and clients.licence_valid_until is null)
        {%- for condition in not_said %}
        or coalesce({{ condition }}, false)
        {%- endfor %} as is_unknown
    from {{ ref('int_decision__itsms') }} as decisions
    left join {{ ref('int_client') }} as clients on decisions.org_id = clients.org_id
    where {{ in_population("decisions.kind in ('grant', 'renew', 'extend')") }}
),

judged as (
    select
        *,
        case
            when is_without_status or is_without_licence or is_closed or is_blacklisted then 'breach'
            when is_unknown then 'undetermined'
            else 'pass'
        end as state
    from conditions
)

{{ judgement(
    'judged',
    keys=['decision_id', 'org_id'],
    abroad='is_abroad',
    member='is_member',
    found=say(
        '决定日 {decided_on}，{reasons}',
        reasons="case when state = 'undetermined' then '认证委托人当时的条件记录不全' else '认证委托人当时' || trim(trailing '、' from case when is_without_status then '法律地位已失效、' else '' end || case when is_without_licence then '行政许可已过期、' else '' end || case when is_closed then '被责令停产停业、' else '' end || case when is_blacklisted then '被列入严重违法失信名单、' else '' end) || '（按今日的组织记录）' end"
    ),
    evidence=['kind', 'org_id', 'decided_on', 'is_without_status', 'is_without_licence', 'is_closed', 'is_blacklisted']
) }}
