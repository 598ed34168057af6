-- Days on which a person's rolling sum is shown: month ends around as_of, and as_of in place of its own month's end.
with {% set back = parameter('workload_history_months') -%}
{% set ahead = parameter('workload_outlook_months') -%}
months as (
    select {{ explode_count(back ~ ' + ' ~ ahead ~ ' + 1') }} as month_no
),

month_starts as (
    select {{ add_months(month_start(as_of()), 'month_no - ' ~ back) }} as month
    from months
)

select
    month,
    case
        when month = {{ month_start(as_of()) }} then {{ as_of() }}
        else {{ add_days(add_months('month', 1), '-1') }}
    end as day_on
from month_starts
