-- 5.10.3 A major nonconformity is verified in time: six months after stage 2, three months after a
-- surveillance, before the old certificate expires for a recertification.
with judged as (
    select
        nc_id as subject_id,
        body_id,
        raised_on as anchor_on,
        audit_id,
        audit_type,
        raised_on,
        verification_due_on as due_on,
        {{ happened('verified_on') }} as observed_on,
        {{ deadline_state('verification_due_on', 'verified_on', parameter('deadline_horizon_days')) }} as state
    from {{ ref('int_nonconformity__itsms') }}
    where grade = 'major'
)

{{ judgement('judged', has=['due_on', 'observed_on'], evidence=['audit_id', 'audit_type', 'raised_on']) }}
