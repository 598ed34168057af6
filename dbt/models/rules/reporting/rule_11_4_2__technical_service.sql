-- 11.4.2 Who gave a client ITSMS technical service takes no part in its audits and decisions for two years.
with decided as (
    select
        decisions.decision_id,
        decisions.decided_by as person_id,
        decisions.body_id,
        decisions.org_id,
        decisions.decided_on,
        decisions.audit_id,
        decisions.is_itsms,
        coalesce(decisions.is_abroad, false) as is_abroad
    from {{ ref('int_decision__itsms') }} as decisions
),

served as (
    select
        decided.decision_id,
        min(relationships.started_on) as served_from,
        max(relationships.ended_on) as served_until,
        bool_or(
            relationships.org_id = decided.org_id
            and relationships.started_on <= decided.decided_on
            and not {{ is_unreadable('ended_on', 'relationships') }}
            and (
                relationships.ended_on is null
                or {{ add_months('relationships.ended_on', parameter('consultancy_wait_months', on='decided.decided_on')) }} > decided.decided_on
            )
        ) as has_served,
        bool_or(
            coalesce(relationships.started_on <= decided.decided_on, true)
            and (
                relationships.ended_on is null
                or coalesce(
                    {{ add_months('relationships.ended_on', parameter('consultancy_wait_months', on='decided.decided_on')) }} > decided.decided_on,
                    true
                )
            )
        ) as may_have_served
    from decided
    inner join {{ ref('stg_relationship') }} as relationships on decided.person_id = relationships.person_id
    where relationships.kind = 'consultancy'
        and coalesce(relationships.org_id = decided.org_id, true)
    group by decided.decision_id
),

work as (
    select
        'audit|' || audit_id || '|' || person_id as subject_id,
        audit_id,
        cast(null as {{ dbt.type_string() }}) as decision_id,
        person_id,
        body_id,
        org_id,
        is_abroad,
        is_judged,
        start_on as anchor_on,
        served_from,
        served_until,
        has_served,
        may_have_served
    from {{ ref('int_team__relationship') }}
    where not is_plan
    union all
    select
        'decision|' || decided.decision_id || '|' || coalesce(decided.person_id, '') as subject_id,
        decided.audit_id,
        decided.decision_id,
        decided.person_id,
        decided.body_id,
        decided.org_id,
        decided.is_abroad,
        decided.is_itsms as is_judged,
        decided.decided_on as anchor_on,
        served.served_from,
        served.served_until,
        served.has_served,
        -- A decision on nobody's file, or by nobody knows whom.
        (decided.org_id is null and decided.audit_id is null) or decided.person_id is null or served.may_have_served as may_have_served
    from decided
    left join served on decided.decision_id = served.decision_id
),

judged as (
    select
        *,
        case
            when coalesce(has_served, false) then 'breach'
            when coalesce(may_have_served, false) then 'undetermined'
            else 'pass'
        end as state
    from work
)

{{ judgement(
    'judged',
    keys=['audit_id', 'decision_id', 'person_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('该人员为认证委托人（{org_id}）提供技术服务自 {served_from} 至 {served_until}，参与认证活动于 {anchor_on}'),
    evidence=['person_id', 'org_id', 'anchor_on', 'served_from', 'served_until']
) }}
