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
        {{ explode_count('(' ~ year_of(as_of()) ~ ' - ' ~ year_of('first_month') ~ ') * 12 + cast(extract(month from ' ~ as_of() ~ ') as integer) - cast(extract(month from first_month) as integer) + 1') }} as month_no
    from span
    where first_month is not null
)

select {{ add_months('first_month', 'month_no') }} as month
from numbers
