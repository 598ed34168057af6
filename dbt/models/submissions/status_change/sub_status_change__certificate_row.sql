-- The rows of the certificate sheet: all that is to be reported of a certificate is one row, as of as_of. A mere
-- change of status has no audit; who decided on it, and when, stands in the last of its events.
with types as (
    select
        certificate_id,
        event,
        min(effective_on) as first_on,
        min(seq) as first_seq
    from {{ ref('sub_status_change__event') }}
    group by certificate_id, event
),

ordered_types as (
    select
        *,
        row_number() over (partition by certificate_id order by first_on, first_seq, event) as type_no
    from types
),

change_types as (
    select
        certificate_id,
        {{ joined_values('event', ';', 'type_no') }} as change_types
    from ordered_types
    group by certificate_id
),

last_events as (
    select
        certificate_id,
        decided_by as acted_by,
        decided_on as acted_on
    from {{ ref('sub_status_change__event') }}
    qualify row_number() over (partition by certificate_id order by effective_on desc, seq desc, event_id desc) = 1
),

events as (
    select
        certificate_id,
        body_id,
        min(effective_on) as period_from,
        max(effective_on) as changed_on,
        min(due_on) as due_on
    from {{ ref('sub_status_change__event') }}
    group by certificate_id, body_id
)

select
    events.certificate_id,
    events.body_id,
    {{ month_start(as_of()) }} as month,
    'changed' as report_type,
    events.period_from,
    {{ as_of() }} as reported_until,
    change_types.change_types,
    events.changed_on,
    events.due_on,
    cast(null as {{ dbt.type_string() }}) as exchange_cause,
    cast(null as date) as exchanged_on,
    cast(null as {{ dbt.type_string() }}) as original_certificate_no,
    cast(null as {{ dbt.type_string() }}) as original_approval_no,
    cast(null as {{ dbt.type_string() }}) as decision_id,
    last_events.acted_by,
    last_events.acted_on,
    cast(null as {{ dbt.type_string() }}) as audit_id,
    cast(null as {{ dbt.type_string() }}) as stage1_audit_id
from events
inner join change_types on events.certificate_id = change_types.certificate_id
inner join last_events on events.certificate_id = last_events.certificate_id
