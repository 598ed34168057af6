-- 3.9 Nobody works more than one person-day on one day: overlapping audits, or days that do not fit their span.
with loads as (
    select
        person_id,
        day_on,
        sum(case when is_certain then load_days else 0 end) as load_days,
        sum(load_days) as possible_days,
        {{ joined_values('audit_id', ';', 'audit_id') }} as audit_ids,
        false as is_open
    from {{ ref('int_auditor__load') }}
    where not is_plan
        and day_on is not null
    group by person_id, day_on
    union all
    -- Days that nobody can lay on the calendar: looked for on their first day, else on the day that was planned.
    select
        person_id,
        placed_on as day_on,
        0 as load_days,
        0 as possible_days,
        {{ joined_values('audit_id', ';', 'audit_id') }} as audit_ids,
        true as is_open
    from {{ ref('int_auditor__load') }}
    where not is_plan
        and is_open_unreadable
        and placed_on is not null
    group by person_id, placed_on
),

person_days as (
    select
        person_id,
        day_on,
        sum(load_days) as load_days,
        sum(possible_days) as possible_days,
        {{ joined_values('audit_ids', ';', 'audit_ids') }} as audit_ids,
        bool_or(is_open) as is_open
    from loads
    group by person_id, day_on
),

judged as (
    select
        person_days.person_id || '|' || cast(person_days.day_on as {{ dbt.type_string() }}) as subject_id,
        persons.body_id,
        person_days.day_on as anchor_on,
        person_days.day_on as observed_on,
        person_days.person_id,
        person_days.audit_ids,
        person_days.load_days,
        case when person_days.load_days = 0 and not person_days.is_open then null else true end as is_judged,
        case
            when person_days.load_days > {{ parameter('person_day_load_max') }} then 'breach'
            when person_days.is_open or person_days.load_days = 0 then 'undetermined'
            when person_days.possible_days > {{ parameter('person_day_load_max') }} then 'undetermined'
            else 'pass'
        end as state
    from person_days
    left join {{ ref('stg_person') }} as persons on person_days.person_id = persons.person_id
)

{{ judgement(
    'judged',
    has=['observed_on'],
    keys=['person_id'],
    member='is_judged',
    found=say('当日现场审核 {load_days:number} 人日，上限 {parameter:person_day_load_max} 人日；审核：{audit_ids}'),
    evidence=['person_id', 'load_days', 'audit_ids']
) }}
