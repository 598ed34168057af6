-- Months from the first certificate or audit to the month of as_of.
with first_days as (
    select min(issued_on) as first_on
    from {{ ref('stg_certificate') }}
    union all
    select min(actual_end) as first_on
    from {{ ref('stg_audit') }}
),

span as (
    select {{ month_start('min(first_on)') }} as first_month
    from first_days
    where first_on <= {{ as_of() }}
),

numbers as (
    select
        first_month,
        {{ explode_count(months_between('first_month', as_of()) ~ ' + 1') }} as month_no
    from span
    where first_month is not null
)

select {{ add_months('first_month', 'month_no') }} as month
from numbers
