-- Own suspensions of a certificate: from the event that suspended it to the one that restored it (the day is valid
-- again; NULL: still). Only an event that changes the status begins or ends one. Order of events: (effective_on, seq).
with turns as (
    select
        certificate_id,
        event_id,
        event,
        counted_on,
        seq,
        is_day_unknown,
        earliest_on,
        row_number() over (partition by certificate_id order by effective_on, seq nulls last, event_id) as place
    from {{ ref('int_certificate__status_event') }}
    where event in ('suspended', 'restored')
),

changes as (
    select
        *,
        lag(event) over (partition by certificate_id order by place) as event_before
    from turns
    qualify event <> coalesce(event_before, 'restored')
),

spans as (
    select
        *,
        lead(counted_on) over (partition by certificate_id order by place) as restored_on
    from changes
)

select
    certificate_id,
    event_id,
    counted_on as suspended_on,
    restored_on,
    is_day_unknown,
    earliest_on
from spans
where event = 'suspended'
