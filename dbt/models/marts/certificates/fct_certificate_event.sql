-- What happened to each certificate between issue and end, as recorded: clause 7 (suspension, withdrawal,
-- cancellation, restoration, change).
select
    event_id,
    certificate_id,
    body_id,
    cast(seq as integer) as seq,
    event,
    effective_on,
    established_on,
    suspended_until,
    reason_code,
    change_code,
    published_on
from {{ ref('int_certificate__event') }}
