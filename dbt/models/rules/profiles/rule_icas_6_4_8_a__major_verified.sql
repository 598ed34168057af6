-- ICAS 6.4.8 A major nonconformity is verified within three months of the audit's end.
with judged as (
    select
        nc_id as subject_id,
        body_id,
        raised_on as anchor_on,
        audit_id,
        raised_on,
        ended_on as audit_ended_on,
        {{ add_months('ended_on', parameter('icas_major_verification_months', on='raised_on')) }} as due_on,
        {{ happened('verified_on') }} as observed_on
    from {{ ref('int_nonconformity__itsms') }}
    where grade = 'major'
),

stated as (
    select
        *,
        {{ deadline_state('due_on', 'observed_on', parameter('deadline_horizon_days')) }} as state
    from judged
)

{{ judgement('stated', has=['due_on', 'observed_on'], evidence=['audit_id', 'raised_on', 'audit_ended_on']) }}
