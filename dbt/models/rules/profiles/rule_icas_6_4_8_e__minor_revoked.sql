-- ICAS 6.4.8 Suspended for a minor nonconformity and six months over without evidence: the certificate is revoked.
with suspended as (
    select
        *,
        {{ add_months('suspended_on', parameter('icas_minor_suspension_months', on='raised_on')) }} as due_on
    from {{ ref('int_nonconformity__evidence') }}
    where judged_grade = 'minor'
        and coalesce(audit_type = 'recertification', true)
        and coalesce(evidence_on > evidence_due_on, true)
        and suspended_on is not null
        and evidence_due_on < {{ as_of() }}
),

withdrawn as (
    select
        suspended.nc_id,
        min(events.effective_on) as withdrawn_on
    from suspended
    inner join {{ ref('stg_certificate_event') }} as events
        on suspended.certificate_id = events.certificate_id
        and events.event in ('revoked', 'cancelled')
        and events.effective_on > suspended.evidence_due_on
        and events.effective_on <= {{ as_of() }}
    group by suspended.nc_id
),

decided as (
    select
        suspended.*,
        least(suspended.evidence_on, withdrawn.withdrawn_on, suspended.certificate_ended_on) as observed_on,
        {{ deadline_state(
            'suspended.due_on',
            'least(suspended.evidence_on, withdrawn.withdrawn_on, suspended.certificate_ended_on)',
            parameter('deadline_horizon_days')
        ) }} as known_state
    from suspended
    left join withdrawn on suspended.nc_id = withdrawn.nc_id
),

judged as (
    select
        *,
        nc_id as subject_id,
        due_on as anchor_on,
        case
            when is_unsure or audit_type is null then 'undetermined'
            when known_state = 'pass' then 'pass'
            when is_evidence_unknown or is_act_unknown then 'undetermined'
            else known_state
        end as state
    from decided
)

{{ judgement(
    'judged',
    has=['due_on', 'observed_on'],
    member="case when audit_type is not null then nullif(is_unsure, true) end",
    keys=['nc_id', 'audit_id', 'certificate_id', 'org_id'],
    evidence=['audit_id', 'certificate_id', 'suspended_on', 'evidence_on']
) }}
