-- The earliest accepted report of each kind, subject, period and recipient by as_of. A report without
-- recipient went to CNCA unless a rule asks for the recipient by name.
select
    body_id,
    kind,
    period,
    subject_id,
    recipient,
    min(reported_on) as reported_on
from {{ ref('stg_cnca_report') }}
where result = 'accepted'
    and reported_on <= {{ as_of() }}
group by body_id, kind, period, subject_id, recipient
