-- Known days with their place on the axis of working days: the n-th working day after a day D is the
-- first day whose working_day_number is that of D plus n. The known_day_number counts every known day: where
-- it lags behind the calendar, the days between include unknown ones.
select
    day as day_on,
    is_working,
    sum(case when is_working then 1 else 0 end) over (
        order by day rows between unbounded preceding and current row
    ) as working_day_number,
    row_number() over (order by day) as known_day_number
from {{ source('reference', 'working_day') }}
