-- 5.4.4.1 (1) A team has a leader; the text knows one. A plan without any team is looked at when the audit is near.
{{ config(materialized='ephemeral') }}
with counted as (
    select
        audit_id,
        is_plan,
        count(case when role = 'leader' and not is_stub_person then 1 end) as leaders,
        count(case when (role = 'leader' and is_stub_person) or role is null then 1 end) as leaders_open
    from {{ ref('int_team__member') }}
    group by audit_id, is_plan
),

audits as (
    select
        audits.*,
        coalesce(counted.leaders, 0) as leaders,
        coalesce(counted.leaders_open, 0) as leaders_open,
        audits.is_judged and (
            not audits.is_plan
            or audits.has_team
            or {{ as_of() }} >= {{ add_days('audits.start_on', '-' ~ parameter('house_team_horizon_days')) }}
        ) as is_subject
    from {{ ref('int_team__audit') }} as audits
    left join counted
        on audits.audit_id = counted.audit_id
        and audits.is_plan = counted.is_plan
)

select
    *,
    case
        when leaders > {{ parameter('audit_leaders') }} then 'warning'
        when leaders_open > 0 then 'undetermined'
        when leaders < {{ parameter('audit_leaders') }} then 'breach'
        else 'pass'
    end as team_state
from audits
where {{ in_population('is_subject') }}
