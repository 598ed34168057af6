-- The earliest accepted report of each kind, subject, period and recipient by as_of. A report without
-- recipient went to CNCA unless a rule asks for the recipient by name. Beside it what may have been one: a report whose
-- answer, recipient or day could not be read (unsure_on: its earliest day; has_unsure_day: its day is not known).
with reports as (
    select
        *,
        {{ is_unreadable('result') }} or {{ is_unreadable('recipient') }} as is_answer_unknown
    from {{ ref('stg_cnca_report') }}
    where not is_stub
        and (result = 'accepted' or {{ is_unreadable('result') }})
        and (reported_on is null or reported_on <= {{ as_of() }})
)

select
    body_id,
    kind,
    period,
    subject_id,
    recipient,
    min(case when not is_answer_unknown then reported_on end) as reported_on,
    min(case when is_answer_unknown then reported_on end) as unsure_on,
    bool_or(reported_on is null) as has_unsure_day
from reports
group by body_id, kind, period, subject_id, recipient
