{# Monthly flows and stock of certificates by one more dimension (region, scope): rows only where something is. #}
{% macro monthly_certificates_by(flows, dimension) -%}
with changes as (
    select
        body_id,
        system,
        {{ dimension }},
        {{ month_start('flow_on') }} as month,
        sum(case when flow in ('issued', 'renewed') then 1 else 0 end) as issued,
        sum(valid_change) as valid_change
    from {{ flows }}
    group by body_id, system, {{ dimension }}, {{ month_start('flow_on') }}
),

keys as (
    select
        body_id,
        system,
        {{ dimension }},
        min(month) as first_month
    from changes
    group by body_id, system, {{ dimension }}
),

stocks as (
    select
        keys.body_id,
        months.month,
        keys.system,
        keys.{{ dimension }},
        coalesce(changes.issued, 0) as issued,
        sum(coalesce(changes.valid_change, 0)) over (
            partition by keys.body_id, keys.system, keys.{{ dimension }}
            order by months.month
            rows between unbounded preceding and current row
        ) as valid_at_end
    from keys
    inner join {{ ref('int_calendar__month') }} as months on keys.first_month <= months.month
    left join changes
        on keys.body_id = changes.body_id
        and keys.system = changes.system
        and keys.{{ dimension }} is not distinct from changes.{{ dimension }}
        and months.month = changes.month
)

select
    body_id,
    month,
    system,
    {{ dimension }},
    cast(issued as integer) as issued,
    cast(valid_at_end as integer) as valid_at_end
from stocks
where issued > 0 or valid_at_end <> 0
{%- endmacro %}
