-- Days on which capacity is looked at: the ends of the months before as_of's month, as_of itself, and the same day a
-- year before, which a running year is compared with.
with month_ends as (
    select {{ explode_count(parameter('capacity_history_months')) }} as months_back
)

select {{ add_days(add_months(month_start(as_of()), '-months_back'), '-1') }} as day_on
from month_ends
union
select {{ as_of() }} as day_on
union
select {{ add_months(as_of(), -12) }} as day_on
