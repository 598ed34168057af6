-- Where the numbers of the first page stood on as_of and at equal steps before it. Every day stands there, with 0 where
-- there was nothing.
with {% set nothing = 'cast(null as ' ~ dbt.type_string() ~ ')' -%}
days as (
    select {{ add_days(as_of(), '-' ~ parameter('trend_step_days') ~ ' * back') }} as day_on
    from (select {{ explode_count(parameter('trend_points')) }} as back) as steps
),

-- Due before the day, not done by it, on a certificate then in force.
surveillances as (
    select
        'surveillance_overdue' as indicator,
        days.day_on,
        links.body_id,
        certificates.province_code as region_code,
        count(*) as value
    from {{ ref('fct_surveillance') }} as links
    inner join days on links.due_on < days.day_on
    inner join {{ ref('fct_certificate_status_interval') }} as intervals
        on links.certificate_id = intervals.certificate_id
        and intervals.from_on <= days.day_on
    inner join {{ ref('dim_certificate') }} as certificates on links.certificate_id = certificates.certificate_id
    where (links.done_on is null or links.done_on > days.day_on)
        and links.state <> 'not_applicable'
        and intervals.status in ('valid', 'suspended')
        and (intervals.to_on is null or intervals.to_on >= days.day_on)
    group by days.day_on, links.body_id, certificates.province_code
),

reports as (
    select
        'reports_overdue' as indicator,
        days.day_on,
        deadlines.body_id,
        {{ nothing }} as region_code,
        count(*) as value
    from {{ ref('fct_submission_deadline') }} as deadlines
    inner join days on deadlines.due_on < days.day_on
    where deadlines.done_on is null or deadlines.done_on > days.day_on
    group by days.day_on, deadlines.body_id
),

flows as (
    select
        days.day_on,
        flows.body_id,
        substr(flows.region_code, 1, 2) as region_code,
        sum(flows.valid_change) as valid,
        sum(flows.suspended_change) as suspended
    from {{ ref('fct_certificate_flow') }} as flows
    inner join days on flows.flow_on <= days.day_on
    where flows.system = 'ITSMS'
    group by days.day_on, flows.body_id, substr(flows.region_code, 1, 2)
),

points as (
    select * from surveillances
    union all
    select * from reports
    union all
    select
        'certificates_valid' as indicator,
        day_on,
        body_id,
        region_code,
        valid as value
    from flows
    union all
    select
        'certificates_suspended' as indicator,
        day_on,
        body_id,
        region_code,
        suspended as value
    from flows
    {%- for indicator in ['surveillance_overdue', 'reports_overdue', 'certificates_valid', 'certificates_suspended'] %}
    union all
    select '{{ indicator }}' as indicator, day_on, {{ nothing }} as body_id, {{ nothing }} as region_code, 0 as value from days
    {%- endfor %}
)

select
    indicator,
    day_on,
    body_id,
    region_code,
    cast(sum(value) as bigint) as value
from points
group by indicator, day_on, body_id, region_code
