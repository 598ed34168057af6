-- 5.10.3 A major nonconformity is verified in time: so long after stage 2, so long after a surveillance, before
-- the old certificate expires for a recertification. A special audit is not named there: a warning.
with judged as (
    select
        nc_id as subject_id,
        nc_id,
        body_id,
        raised_on as anchor_on,
        audit_id,
        audit_type,
        raised_on,
        is_abroad,
        grade = 'major' and is_itsms as is_member,
        verification_due_on as due_on,
        {{ happened('verified_on') }} as observed_on,
        {{ deadline_state(
            'verification_due_on', 'verified_on', parameter('deadline_horizon_days'), is_unreadable('verified_on')
        ) }} as deadline_state
    from {{ ref('int_nonconformity__itsms') }}
    where {{ in_population("grade = 'major'") }}
),

stated as (
    select
        *,
        case when audit_type = 'special' and deadline_state = 'breach' then 'warning' else deadline_state end as state
    from judged
)

{{ judgement(
    'stated',
    has=['due_on', 'observed_on'],
    keys=['nc_id', 'audit_id'],
    abroad='is_abroad',
    member='is_member',
    evidence=['audit_id', 'audit_type', 'raised_on']
) }}
