-- The months for which monthly files can be prepared: the month of as_of and those before it.
with months as (
    select {{ explode_count(var('submission_months', 24) | int) }} as month_no
),

periods as (
    select {{ add_months(submission_first_day(), 'month_no') }} as month
    from months
)

select
    month,
    {{ add_days(add_months('month', 1), -1) }} as last_day,
    {{ submission_last_day('month') }} as reported_until
from periods
