-- What is still to be reported: overdue, or due within the calendar's horizon, whether there is a record of it yet or
-- it is foreseen because the month or year goes on. An obligation leaves when its report has been accepted, a plan also
-- when its audit begins: it is then a finding of R9.2 and cannot be filed any more. One whose
-- due day is not known (the working days of a year are not) stays, undetermined.
with obligations as (
    select obligations.*
    from {{ ref('int_report__obligation') }} as obligations
    inner join {{ ref('profile') }} as profiles on obligations.profile = profiles.profile
    where obligations.reported_on is null
        and obligations.can_be_filed
        and (
            obligations.due_on is null
            or obligations.due_on <= {{ add_days(as_of(), parameter('submission_calendar_days')) }}
        )
        and (
            profiles.is_default
            or ',{{ var("profiles") | replace(" ", "") }},' like '%,' || obligations.profile || ',%'
        )
)

select
    obligations.body_id,
    obligations.kind,
    obligations.report_kind,
    obligations.period,
    obligations.subject_type,
    obligations.subject_id,
    obligations.recipient,
    obligations.rule_id,
    obligations.clause,
    obligations.due_on,
    cast({{ days_between(as_of(), 'obligations.due_on') }} as integer) as days_left,
    obligations.due_on < {{ as_of() }} as is_overdue,
    obligations.is_foreseen,
    obligations.prepare_from_on,
    coalesce(answers.reported_state, 'none') as reported_state
from obligations
left join {{ ref('int_report__open') }} as answers
    on obligations.report_kind = answers.kind
    and obligations.report_key = answers.report_key
    and obligations.recipient = answers.recipient
