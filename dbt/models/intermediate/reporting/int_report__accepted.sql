-- The earliest accepted report of each kind, subject, period and recipient by as_of. A report without
-- recipient went to CNCA unless a rule asks for the recipient by name. Beside it what may have been one: a report whose
-- answer, recipient, kind or day could not be read (unsure_on: its earliest day; has_unsure_day: its day is not known).
with kinds as (
    select distinct kind
    from {{ ref('stg_cnca_report') }}
    where kind is not null
),

recipients as (
    select distinct recipient
    from {{ ref('stg_cnca_report') }}
    where recipient is not null
),

reports as (
    select
        reports.body_id,
        kinds.kind,
        reports.period,
        reports.subject_id,
        coalesce(recipients.recipient, reports.recipient) as recipient,
        reports.reported_on,
        reports.kind is null
        or {{ is_unreadable('result', 'reports') }}
        or {{ is_unreadable('recipient', 'reports') }} as is_answer_unknown
    from {{ ref('stg_cnca_report') }} as reports
    -- One of an unknown kind may be of any, one to an unknown recipient may have gone to any.
    inner join kinds on reports.kind is null or reports.kind = kinds.kind
    left join recipients on {{ is_unreadable('recipient', 'reports') }}
    where not reports.is_stub
        and (reports.result = 'accepted' or {{ is_unreadable('result', 'reports') }})
        and (reports.reported_on is null or reports.reported_on <= {{ as_of() }})
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
