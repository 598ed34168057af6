-- Obligations to report by the day they are due, for every day and body of the calendar; a day without any has none.
with days as (
    select {{ add_days(as_of(), 'day_no') }} as due_on
    from (select {{ explode_count(parameter('submission_calendar_days') ~ ' + 1') }} as day_no) as numbered
),

grid as (
    select
        bodies.body_id,
        days.due_on
    from {{ ref('dim_certification_body') }} as bodies
    cross join days
)

select
    grid.body_id,
    grid.due_on,
    due.kind,
    count(due.kind) as obligations
from grid
left join {{ ref('fct_submission_calendar') }} as due
    on grid.body_id = due.body_id
    and grid.due_on = due.due_on
group by grid.body_id, grid.due_on, due.kind
