-- ICAS 6.4.8 The evidence on a major nonconformity is there in time after the audit's end.
with judged as (
    select
        *,
        nc_id as subject_id,
        raised_on as anchor_on,
        evidence_due_on as due_on,
        evidence_on as observed_on,
        case
            when is_unsure then 'undetermined'
            when is_held and evidence_on <= earliest_due_on then 'pass'
            else {{ deadline_state('evidence_due_on', 'evidence_on', parameter('deadline_horizon_days'), 'is_evidence_unknown') }}
        end as state
    from {{ ref('int_nonconformity__evidence') }}
    where judged_grade = 'major'
)

{{ judgement(
    'judged',
    has=['due_on', 'observed_on'],
    member="nullif(is_unsure, true)",
    keys=['nc_id', 'audit_id', 'certificate_id', 'org_id'],
    evidence=['audit_id', 'raised_on', 'held_end_on']
) }}
