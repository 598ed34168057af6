-- Changes of status to be reported on as_of (9.4): suspended, revoked, cancelled, and restored, which the clause
-- does not name and which has no deadline; not settled with CNCA. Expiry is no act of the body: the month's file
-- tells it.
select
    events.event_id,
    events.certificate_id,
    events.body_id,
    events.event,
    events.effective_on,
    events.seq,
    events.decided_by,
    events.decided_on,
    deadlines.due_on
from {{ ref('int_certificate__event') }} as events
inner join {{ ref('int_certificate') }} as certificates on events.certificate_id = certificates.certificate_id
left join {{ ref('int_report__status_change_due') }} as deadlines on events.event_id = deadlines.event_id
left join {{ ref('sub_answer__settled') }} as answers
    on events.event_id = answers.subject_id
    and answers.kind = 'status_change'
where events.event in ('suspended', 'restored', 'revoked', 'cancelled')
    and events.effective_on >= {{ effective_from('cnca') }}
    and answers.subject_id is null
