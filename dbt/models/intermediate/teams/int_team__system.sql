-- 5.4.4.1 (2), 3.11 For each system of a combined audit somebody on the team is registered for it.
{{ config(materialized='ephemeral') }}
with audits as (
    select
        *,
        is_judged and (not is_plan or has_team) as is_subject
    from {{ ref('int_team__audit') }}
    where (is_combined or is_itsms is null)
        and {{ in_population('is_judged and (not is_plan or has_team)') }}
),

demanded as (
    select distinct
        audit_id,
        is_plan,
        body_id,
        system
    from (
        select
            audit_id,
            is_plan,
            body_id,
            {{ explode_list('systems') }} as system
        from audits
        where systems is not null
    ) as exploded
),

-- A system that nobody of the body has any registration of was not delivered: nobody can say who is registered for it.
known_systems as (
    select distinct
        persons.body_id,
        registrations.system
    from {{ ref('stg_auditor_registration') }} as registrations
    inner join {{ ref('stg_person') }} as persons on registrations.person_id = persons.person_id
    where persons.body_id is not null
),

covered as (
    select
        registered.audit_id,
        registered.is_plan,
        registered.system,
        bool_or(members.is_auditor and is_known and registered.is_registered) as is_covered,
        bool_or((members.is_auditor and case when is_known then registered.is_registered end) is null) as may_be_covered
    from (
        select *
        from {{ ref('int_team__registered') }}
    ) as registered
    inner join (
        select
            audit_id,
            is_plan,
            person_id,
            is_auditor,
            onsite_start is not null and onsite_end is not null as is_known
        from {{ ref('int_team__member') }}
    ) as members
        on registered.audit_id = members.audit_id
        and registered.is_plan = members.is_plan
        and registered.person_id = members.person_id
    group by registered.audit_id, registered.is_plan, registered.system
),

stated as (
    select
        demanded.audit_id,
        demanded.is_plan,
        demanded.system,
        case
            when covered.is_covered then 'covered'
            when covered.may_be_covered then 'open'
            when demanded.system <> 'ITSMS' and known_systems.body_id is null then 'open'
            else 'missing'
        end as cover
    from demanded
    left join covered
        on demanded.audit_id = covered.audit_id
        and demanded.is_plan = covered.is_plan
        and demanded.system = covered.system
    left join known_systems
        on demanded.body_id = known_systems.body_id
        and demanded.system = known_systems.system
),

summed as (
    select
        audit_id,
        is_plan,
        count(case when cover = 'missing' then 1 end) as missing,
        count(case when cover = 'open' then 1 end) as open,
        {{ joined_values("case when cover = 'missing' then system end", '、', 'system') }} as missing_systems,
        {{ joined_values("case when cover = 'open' then system end", '、', 'system') }} as open_systems
    from stated
    group by audit_id, is_plan
)

select
    audits.*,
    summed.missing_systems,
    summed.open_systems,
    case
        when summed.missing > 0 then 'breach'
        when summed.open > 0 then 'undetermined'
        when summed.audit_id is null then 'undetermined'
        else 'pass'
    end as team_state
from audits
left join summed
    on audits.audit_id = summed.audit_id
    and audits.is_plan = summed.is_plan
