-- 9.4 Suspensions, revocations and cancellations are reported within two working days: day 0 is the
-- event's day. NULL due day: the calendar of a year that is needed is not known.
with events as (
    select *
    from {{ ref('int_certificate__event') }}
    where event in ('suspended', 'revoked', 'cancelled')
),

due_days as (
    select
        working_day_number,
        min(day_on) as day_on
    from {{ ref('int_calendar__working_day') }}
    where is_working
    group by working_day_number
)

select
    events.*,
    due_days.day_on as due_on
from events
left join {{ ref('int_calendar__working_day') }} as event_days
    on events.effective_on = event_days.day_on
left join due_days
    on event_days.working_day_number + {{ parameter('status_report_working_days') }} = due_days.working_day_number
