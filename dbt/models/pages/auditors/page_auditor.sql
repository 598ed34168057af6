-- Every person with days on site against the limit (clause 3.9), registration and the days on which the plan passes it.
with {% set range_days = 20 -%}
{% set open_end = 200 -%}
crossings as (
    select
        person_id,
        min(case when level = 'limit' then crossed_on end) as limit_on,
        min(case when level = 'warning' then crossed_on end) as warning_on
    from {{ ref('fct_auditor_crossing') }}
    where is_forecast
    group by person_id
),

ranges as (
    select
        person_id,
        cast(ceil(rolling_max_days / {{ range_days }}) as integer) as range_no
    from {{ ref('fct_auditor_workload') }}
)

select
    workload.person_id,
    people.name as person_name,
    workload.body_id,
    bodies.name as body_name,
    workload.employment,
    persons.is_active,
    persons.itsms_grade,
    persons.joined_on,
    persons.left_on,
    workload.state,
    workload.rolling_max_days,
    workload.rolling_max_end_on,
    workload.current_window_days,
    workload.room_days,
    workload.calendar_year_days,
    workload.planned_days,
    workload.forecast_year_end_days,
    cast(workload.forecast_year_end_days - workload.calendar_year_days as decimal(18, 6)) as year_planned_days,
    workload.forecast_max_days,
    workload.warning_days,
    workload.limit_days,
    crossings.limit_on,
    crossings.warning_on,
    -- A range holds its upper end, as a limit does.
    case
        when workload.rolling_max_days = 0 then '0'
        when workload.rolling_max_days > {{ open_end }} then '>{{ open_end }}'
        else cast((ranges.range_no - 1) * {{ range_days }} as {{ dbt.type_string() }})
            || '–' || cast(ranges.range_no * {{ range_days }} as {{ dbt.type_string() }})
    end as load_range
from {{ ref('fct_auditor_workload') }} as workload
left join ranges on workload.person_id = ranges.person_id
left join {{ ref('stg_person') }} as people on workload.person_id = people.person_id
left join {{ ref('dim_person') }} as persons on workload.person_id = persons.person_id
left join {{ ref('dim_certification_body') }} as bodies on workload.body_id = bodies.body_id
left join crossings on workload.person_id = crossings.person_id
