-- 8.3 Appeals and complaints on ITSMS or without audit, against the days for an answer.
with answered as (
    select
        complaint_id,
        body_id,
        kind,
        audit_id,
        received_on,
        {{ happened('decided_on') }} as decided_on,
        {{ happened('notified_on') }} as notified_on,
        {{ add_days('received_on', parameter('complaint_answer_days', on='received_on')) }} as due_on
    from {{ ref('int_complaint__itsms') }}
    where received_on <= {{ as_of() }}
)

select
    *,
    {{ deadline_state('due_on', 'notified_on', parameter('deadline_horizon_days')) }} as state,
    cast({{ days_between('received_on', 'coalesce(notified_on, ' ~ as_of() ~ ')') }} as integer) as days_taken
from answered
