-- 3.6 Active auditors on as_of, of every system: not left, and registered as auditor or senior auditor.
select distinct
    person_id,
    body_id,
    employment,
    system
from {{ ref('int_auditor__active_span') }}
where active_from <= {{ as_of() }}
    and active_until >= {{ as_of() }}
