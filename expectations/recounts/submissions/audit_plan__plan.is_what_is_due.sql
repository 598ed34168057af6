-- Proves that the file of the day holds what the calendar says is due: what is not answered yet and may be prepared by now.
with due as (
    select calendar.subject_id
    from marts.fct_submission_calendar as calendar
    cross join marts.dim_run as run
    where calendar.kind = 'audit_plan'
        and calendar.reported_state <> 'pending'
        and calendar.prepare_from_on <= run.as_of
)

select coalesce(filed.audit_id, due.subject_id) as record
from batch as filed
full join due on filed.audit_id = due.subject_id
where filed.audit_id is null or due.subject_id is null
