-- 9.4 Day by which each suspension, revocation and cancellation is to be reported: two working days, day 0
-- is the event's day. A restoration is reported in the same way (9.1 (4): the status of certificates), though no
-- rule sets its day. NULL due day: the calendar of a year that is needed is not known, be it one between.
with due_days as (
    select
        working_day_number,
        min(day_on) as day_on,
        min(known_day_number) as known_day_number
    from {{ ref('int_calendar__working_day') }}
    where is_working
    group by working_day_number
),

reports as (
    select
        subject_id as event_id,
        min(reported_on) as reported_on,
        min(unsure_on) as unsure_on,
        bool_or(has_unsure_day) as has_unsure_day
    from {{ ref('int_report__accepted') }}
    where kind = 'status_change'
        and coalesce(recipient, 'CNCA') = 'CNCA'
    group by subject_id
)

select
    events.event_id,
    events.certificate_id,
    events.body_id,
    events.org_id,
    events.event,
    events.seq,
    events.effective_on,
    events.suspended_until,
    events.published_on,
    events.ended_on,
    events.is_certificate_unknown as is_stub_certificate,
    events.is_itsms is null as is_unsure,
    {{ is_unreadable('published_on', 'events') }} as is_published_on_unknown,
    coalesce(events.is_abroad, false) as is_abroad,
    bodies.reporting_since,
    coalesce(bodies.is_stub, true) or {{ is_unreadable('reporting_since', 'bodies') }} as is_reporting_since_unknown,
    case
        when due_days.known_day_number - event_days.known_day_number
            = {{ days_between('events.effective_on', 'due_days.day_on') }} then due_days.day_on
    end as due_on,
    reports.reported_on,
    reports.unsure_on,
    reports.has_unsure_day
from {{ ref('int_certificate__event') }} as events
left join {{ ref('int_calendar__working_day') }} as event_days
    on events.effective_on = event_days.day_on
left join due_days
    on event_days.working_day_number + {{ parameter('status_report_working_days') }} = due_days.working_day_number
left join reports on events.event_id = reports.event_id
left join {{ ref('stg_certification_body') }} as bodies on events.body_id = bodies.body_id
where events.event in ('suspended', 'restored', 'revoked', 'cancelled')
    or events.event is null
