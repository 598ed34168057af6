-- The calendar of surveillances of certificates in force: what is due on which day, what is overdue, what is planned to
-- begin. Overdue links from before the months shown stand together, without a day.
with links as (
    select
        *,
        due_on < {{ months_back(parameter('surveillance_calendar_months') ~ ' + 1') }} as is_older
    from {{ ref('fct_surveillance_open') }}
    where is_in_force
),

days as (
    select
        body_id,
        region_code,
        scope_codes,
        due_on as day_on,
        case when not is_overdue then 'due' when is_older then 'older' else 'overdue' end as kind
    from links
    union all
    select
        body_id,
        region_code,
        scope_codes,
        planned_start as day_on,
        'planned' as kind
    from links
    where planned_start is not null
),

named as (
    select
        body_id,
        region_code,
        scope_codes,
        kind,
        case when kind = 'older' then '更早' else cast(day_on as {{ dbt.type_string() }}) end as on_day,
        case when kind = 'older' then '更早' else {{ month_text('day_on') }} end as month,
        case when kind = 'older' then '' else substr(cast(day_on as {{ dbt.type_string() }}), 9, 2) end as day_no
    from days
)

select
    body_id,
    region_code,
    scope_codes,
    kind,
    on_day,
    month,
    day_no,
    count(*) as links
from named
group by body_id, region_code, scope_codes, kind, on_day, month, day_no
