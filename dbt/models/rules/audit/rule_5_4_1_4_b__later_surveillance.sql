-- 5.4.1.4 Each later surveillance within the interval from the one before.
with judged as (
    select
        certificate_id || '|' || cast(n as {{ dbt.type_string() }}) as subject_id,
        body_id,
        due_on as anchor_on,
        due_on,
        done_on as observed_on,
        certificate_id,
        n,
        audit_id,
        line_start_on,
        expires_on,
        is_abroad,
        is_member,
        state
    from {{ ref('int_certificate__surveillance_chain') }}
    where n > 1
)

{{ judgement(
    'judged',
    has=['due_on', 'observed_on'],
    keys=['certificate_id', 'audit_id'],
    abroad='is_abroad',
    member='is_member',
    evidence=['certificate_id', 'n', 'audit_id', 'line_start_on', 'expires_on']
) }}
