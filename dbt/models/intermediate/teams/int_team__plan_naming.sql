-- 5.4.5.1 The plan can name a part-time member's employer, and a technical expert's professional code.
{{ config(materialized='ephemeral') }}
with members as (
    select
        *,
        is_judged and role <> 'observer' and (
            role = 'technical_expert' or case when is_stub_person then null else employment = 'part_time' end
        ) as is_subject
    from {{ ref('int_team__member') }}
),

-- The codes of the audit, or any where none is known.
grants as (
    select
        members.audit_id,
        members.is_plan,
        members.person_id,
        bool_or(
            grants.granted_on <= members.start_on
            and not {{ is_unreadable('expires_on', 'grants') }}
            and (grants.expires_on is null or grants.expires_on >= members.start_on)
            and (
                ((';' || members.scope_codes || ';') like ('%;' || grants.scope_code || ';%'))
                or (members.scope_codes is null and not members.is_scope_unknown)
            )
        ) as has_code,
        bool_or(
            coalesce(grants.granted_on <= members.start_on, true)
            and coalesce(grants.expires_on >= members.start_on, true)
            and coalesce((';' || members.scope_codes || ';') like ('%;' || grants.scope_code || ';%'), true)
        ) as may_have_code
    from members
    inner join {{ ref('stg_auditor_scope') }} as grants on members.person_id = grants.person_id
    where grants.capacity = 'technical_expert'
    group by members.audit_id, members.is_plan, members.person_id
),

stated as (
    select
        members.*,
        case
            when members.role is null then null
            when members.role <> 'technical_expert' then false
            when grants.has_code then false
            when grants.may_have_code then null
            else true
        end as is_code_missing,
        members.employment = 'part_time' and {{ is_blank('members.employer') }} as is_employer_missing
    from members
    left join grants
        on members.audit_id = grants.audit_id
        and members.is_plan = grants.is_plan
        and members.person_id = grants.person_id
    where {{ in_population('members.is_subject') }}
)

select
    *,
    case
        when is_stub_person then 'undetermined'
        else {{ state_if('is_code_missing or is_employer_missing') }}
    end as team_state
from stated
