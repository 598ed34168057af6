-- ICAS 6.4.8 A minor nonconformity's correction is accepted within 30 days of the audit's end.
with judged as (
    select
        nc_id as subject_id,
        body_id,
        raised_on as anchor_on,
        audit_id,
        raised_on,
        ended_on as audit_ended_on,
        {{ add_days('ended_on', parameter('icas_minor_acceptance_days', on='raised_on')) }} as due_on,
        {{ happened('accepted_on') }} as observed_on
    from {{ ref('int_nonconformity__itsms') }}
    where grade = 'minor'
),

stated as (
    select
        *,
        {{ deadline_state('due_on', 'observed_on', parameter('deadline_horizon_days')) }} as state
    from judged
)

{{ judgement('stated', has=['due_on', 'observed_on'], evidence=['audit_id', 'raised_on', 'audit_ended_on']) }}
