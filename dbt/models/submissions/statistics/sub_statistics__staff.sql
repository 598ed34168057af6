-- Certification personnel at the end of every period: people, registrations, professional scopes, and, by year,
-- person-days on site against the limit. Counts only: no person can be told from them by name.
with people as (
    select
        persons.person_id,
        persons.body_id,
        persons.employment,
        periods.period,
        periods.length,
        periods.first_on,
        periods.reported_until,
        case
            when (persons.joined_on is null or persons.joined_on <= periods.reported_until)
                and (persons.left_on is null or persons.left_on > periods.reported_until) then 1
            else 0
        end as people_at_end,
        case
            when (persons.joined_on is null or persons.joined_on < periods.first_on)
                and (persons.left_on is null or persons.left_on >= periods.first_on) then 1
            else 0
        end as people_at_start,
        case when persons.joined_on between periods.first_on and periods.reported_until then 1 else 0 end as joined,
        case when persons.left_on between periods.first_on and periods.reported_until then 1 else 0 end as departed
    from {{ ref('stg_person') }} as persons
    cross join {{ ref('sub_statistics__period') }} as periods
),

-- A person's highest registration in force, per system; of several of that grade the one valid longest.
registrations as (
    select
        person_id,
        system,
        case grade when 'senior_auditor' then 3 when 'auditor' then 2 else 1 end as rank_no,
        valid_from,
        valid_until
    from {{ ref('stg_auditor_registration') }}
),

registered as (
    select
        people.person_id,
        people.body_id,
        people.employment,
        people.period,
        registrations.system,
        registrations.rank_no,
        registrations.valid_until,
        {{ add_months('people.reported_until', 12) }} as year_ahead_on
    from people
    inner join registrations
        on people.person_id = registrations.person_id
        and people.reported_until >= registrations.valid_from
        and people.reported_until <= registrations.valid_until
    where people.people_at_end = 1
    qualify row_number() over (
        partition by people.person_id, people.period, registrations.system
        order by registrations.rank_no desc, registrations.valid_until desc
    ) = 1
),

best as (
    select
        person_id,
        period,
        max(rank_no) as rank_no,
        max(case when system = 'ITSMS' then rank_no else 0 end) as itsms_rank_no
    from registered
    group by person_id, period
),

professional as (
    select distinct
        people.person_id,
        people.body_id,
        people.period,
        scopes.scope_code,
        scopes.capacity
    from people
    inner join {{ ref('stg_auditor_scope') }} as scopes
        on people.person_id = scopes.person_id
        and people.reported_until >= scopes.granted_on
        and (scopes.expires_on is null or people.reported_until <= scopes.expires_on)
    where people.people_at_end = 1
),

experts as (
    select distinct
        person_id,
        period
    from professional
    where capacity = 'technical_expert'
),

staff as (
    select
        people.body_id,
        people.period,
        'staff' as topic,
        people.employment as item,
        sum(people.people_at_start) as people_at_start,
        sum(people.joined) as joined,
        sum(people.departed) as departed,
        sum(people.people_at_end) as people_at_end,
        sum(case when best.rank_no > 1 then 1 else 0 end) as auditors,
        sum(case when best.itsms_rank_no > 1 then 1 else 0 end) as itsms_auditors,
        sum(case when best.rank_no = 1 then 1 else 0 end) as trainees,
        sum(case when experts.person_id is not null then 1 else 0 end) as technical_experts,
        sum(case when best.person_id is null and experts.person_id is null then people.people_at_end else 0 end) as others
    from people
    left join best on people.person_id = best.person_id and people.period = best.period
    left join experts on people.person_id = experts.person_id and people.period = experts.period
    group by people.body_id, people.period, people.employment
),

by_system as (
    select
        body_id,
        period,
        'staff_by_system' as topic,
        system as item,
        sum(case when rank_no = 3 then 1 else 0 end) as senior_auditors,
        sum(case when rank_no = 2 then 1 else 0 end) as plain_auditors,
        sum(case when rank_no = 1 then 1 else 0 end) as trainees,
        count(*) as registered,
        sum(case when employment = 'full_time' then 1 else 0 end) as full_time,
        sum(case when employment = 'part_time' then 1 else 0 end) as part_time,
        sum(case when valid_until < year_ahead_on then 1 else 0 end) as expiring
    from registered
    group by body_id, period, system
),

by_scope as (
    select
        professional.body_id,
        professional.period,
        'staff_by_scope' as topic,
        professional.scope_code as item,
        sum(case when professional.capacity = 'auditor' and best.itsms_rank_no > 1 then 1 else 0 end) as professional_auditors,
        sum(case when professional.capacity = 'technical_expert' then 1 else 0 end) as technical_experts
    from professional
    left join best on professional.person_id = best.person_id and professional.period = best.period
    group by professional.body_id, professional.period, professional.scope_code
),

-- 3.9 Days on site of everybody who was on site, or present as an auditor at the year's end.
workloads as (
    select
        years.body_id,
        periods.period,
        years.year_days as days,
        years.rolling_max_days,
        case
            when years.year_days = 0 then 'none'
            when years.year_days <= years.limit_days / 2 then 'up_to_half'
            when years.year_days <= years.warning_days then 'up_to_warning'
            when years.year_days <= years.limit_days then 'up_to_limit'
            else 'over_limit'
        end as band,
        case when years.rolling_max_days > years.limit_days then 1 else 0 end as is_over_limit
    from {{ ref('fct_auditor_year') }} as years
    inner join {{ ref('sub_statistics__period') }} as periods
        on periods.length = 'year'
        and cast(years.year as {{ dbt.type_string() }}) = periods.period
    left join best on years.person_id = best.person_id and periods.period = best.period
    where best.rank_no > 1
        or years.year_days > 0
),

by_band as (
    select
        body_id,
        period,
        'workload_by_band' as topic,
        band as item,
        count(*) as people,
        sum(days) as days
    from workloads
    group by body_id, period, band
),

workload as (
    select
        body_id,
        period,
        'workload' as topic,
        'all' as item,
        count(*) as people,
        sum(days) as days,
        max(days) as most_days,
        max(rolling_max_days) as most_cycle_days,
        sum(is_over_limit) as over_limit
    from workloads
    group by body_id, period
),

of_staff as (
    {{ figures_of('staff', [
        'people_at_start', 'joined', 'departed', 'people_at_end', 'auditors', 'itsms_auditors', 'trainees',
        'technical_experts', 'others',
    ]) }}
),

of_systems as (
    {{ figures_of('by_system', [
        'senior_auditors', 'plain_auditors', 'trainees', 'registered', 'full_time', 'part_time', 'expiring',
    ]) }}
),

of_scopes as (
    {{ figures_of('by_scope', ['professional_auditors', 'technical_experts']) }}
),

of_bands as (
    {{ figures_of('by_band', ['people', 'days']) }}
),

of_workload as (
    {{ figures_of('workload', ['people', 'days', 'most_days', 'most_cycle_days', 'over_limit']) }}
)

select *
from of_staff
union all
select *
from of_systems
union all
select *
from of_scopes
union all
select *
from of_bands
union all
select *
from of_workload
