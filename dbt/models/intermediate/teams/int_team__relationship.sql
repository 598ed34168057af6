-- 5.4.4.4, 11.4.2 What the members of the teams have to do with the client: an interest that meets the audit's days
-- (has_interest), ITSMS technical service within the years before its first day (has_served). NULL: nobody can say.
select
    members.audit_id,
    members.is_plan,
    members.person_id,
    members.is_judged,
    members.body_id,
    members.org_id,
    members.is_abroad,
    members.certificate_id,
    members.role,
    members.start_on,
    members.end_on,
    min(case when relationships.kind = 'interest' then relationships.started_on end) as interest_since,
    min(case when relationships.kind = 'consultancy' then relationships.started_on end) as served_from,
    max(case when relationships.kind = 'consultancy' then relationships.ended_on end) as served_until,
    bool_or(
        relationships.kind = 'interest' and relationships.org_id = members.org_id
        and relationships.started_on <= members.end_on
        and not {{ is_unreadable('ended_on', 'relationships') }}
        and (relationships.ended_on is null or relationships.ended_on >= members.start_on)
    ) as has_interest,
    bool_or(
        relationships.kind = 'interest' and coalesce(relationships.org_id = members.org_id, true)
        and coalesce(relationships.started_on <= members.end_on, true)
        and (relationships.ended_on is null or coalesce(relationships.ended_on >= members.start_on, true))
    ) as may_have_interest,
    bool_or(
        relationships.kind = 'consultancy' and relationships.org_id = members.org_id
        and relationships.started_on <= members.start_on
        and not {{ is_unreadable('ended_on', 'relationships') }}
        and (
            relationships.ended_on is null
            or {{ add_months('relationships.ended_on', parameter('consultancy_wait_months', on='members.start_on')) }} > members.start_on
        )
    ) as has_served,
    bool_or(
        relationships.kind = 'consultancy' and coalesce(relationships.org_id = members.org_id, true)
        and coalesce(relationships.started_on <= members.start_on, true)
        and (
            relationships.ended_on is null
            or coalesce({{ add_months('relationships.ended_on', parameter('consultancy_wait_months', on='members.start_on')) }} > members.start_on, true)
        )
    ) as may_have_served
from {{ ref('int_team__member') }} as members
left join {{ ref('stg_relationship') }} as relationships
    on members.person_id = relationships.person_id
    and coalesce(relationships.org_id = members.org_id, true)
group by {{ range(1, 12) | join(', ') }}
