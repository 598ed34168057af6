-- ICAS 6.4.8 A certified client's major nonconformity without evidence in time: the certificate is revoked.
with late as (
    select
        *,
        {{ add_days('evidence_due_on', parameter('icas_evidence_followup_days', on='raised_on')) }} as due_on,
        least(evidence_on, revoked_on, certificate_ended_on) as observed_on
    from {{ ref('int_nonconformity__evidence') }}
    where judged_grade = 'major'
        and coalesce(audit_type in ('surveillance', 'recertification', 'special'), true)
        -- Not done by its due day; where that day is not known, not done at all.
        and (evidence_due_on is not null or evidence_on is null)
        and coalesce(evidence_on > evidence_due_on, true)
),

decided as (
    select
        *,
        {{ deadline_state('due_on', 'observed_on', parameter('icas_evidence_followup_days')) }} as known_state
    from late
),

judged as (
    select
        *,
        nc_id as subject_id,
        evidence_due_on as anchor_on,
        case
            when is_unsure or audit_type is null then 'undetermined'
            when evidence_due_on >= {{ as_of() }} then 'not_applicable'
            when certificate_id is null then 'undetermined'
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
    evidence=['audit_id', 'certificate_id', 'raised_on', 'evidence_due_on', 'evidence_on']
) }}
