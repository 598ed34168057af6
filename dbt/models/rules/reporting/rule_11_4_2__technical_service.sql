-- 11.4.2 Who gave a client ITSMS technical service takes no part in its audits and decisions for two years.
with work as (
    select
        'audit|' || audit_id || '|' || person_id as subject_id,
        body_id,
        person_id,
        org_id,
        actual_start as worked_on
    from {{ ref('int_audit__team') }}
    union all
    select
        'decision|' || decision_id || '|' || decided_by as subject_id,
        body_id,
        decided_by as person_id,
        case when audit_id is not null then org_id end as org_id,
        decided_on as worked_on
    from {{ ref('int_decision__itsms') }}
),

services as (
    select
        work.subject_id,
        min(relationships.started_on) as service_started_on,
        case when count(*) = count(relationships.ended_on) then max(relationships.ended_on) end as service_ended_on
    from work
    inner join {{ ref('stg_relationship') }} as relationships
        on work.person_id = relationships.person_id
        and work.org_id = relationships.org_id
    where relationships.kind = 'consultancy'
        and relationships.started_on <= work.worked_on
        and (
            relationships.ended_on is null
            or {{ add_months('relationships.ended_on', parameter('consultancy_wait_months', on='work.worked_on')) }} > work.worked_on
        )
    group by work.subject_id
),

judged as (
    select
        work.*,
        work.worked_on as anchor_on,
        services.service_started_on,
        services.service_ended_on,
        case
            when work.org_id is null then 'undetermined'
            when services.subject_id is not null then 'breach'
            else 'pass'
        end as state
    from work
    left join services on work.subject_id = services.subject_id
)

{{ judgement(
    'judged',
    found="case state when 'undetermined' then '认证决定没有关联审核，认证委托人未知'"
        ~ " else '该人员为认证委托人提供技术服务自 ' || " ~ shown('service_started_on') ~ " || ' 至 ' || coalesce(cast(service_ended_on as " ~ dbt.type_string() ~ "), '今') || '，参与认证活动于 ' || " ~ shown('worked_on') ~ " end",
    evidence=['person_id', 'org_id', 'worked_on', 'service_started_on', 'service_ended_on']
) }}
