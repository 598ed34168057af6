-- ICAS 6.4.8 A certified client's major nonconformity without evidence in time: the certificate is revoked.
with late as (
    select
        *,
        {{ add_days('evidence_due_on', parameter('icas_evidence_followup_days', on='raised_on')) }} as due_on,
        least(evidence_on, revoked_on, certificate_ended_on) as observed_on,
        may_be_revoked_on as may_be_acted_on,
        is_late
            and audit_type in ('surveillance', 'recertification', 'special')
            and case when is_unsure then null else true end as is_member
    from {{ ref('int_nonconformity__evidence') }}
    where judged_grade = 'major'
        and {{ in_population("is_late and audit_type in ('surveillance', 'recertification', 'special')") }}
),

decided as (
    select
        *,
        {{ deadline_state('due_on', 'observed_on', parameter('icas_evidence_followup_days')) }} as known_state,
        is_end_unknown or is_status_in_question or coalesce(may_be_acted_on <= due_on, false) as is_act_unknown
    from late
),

judged as (
    select
        *,
        nc_id as subject_id,
        evidence_due_on as anchor_on,
        case
            when is_member is null then 'undetermined'
            when evidence_due_on >= {{ as_of() }} then 'not_applicable'
            when certificate_id is null then 'undetermined'
            when known_state = 'pass' then 'pass'
            when is_act_unknown then 'undetermined'
            else known_state
        end as state
    from decided
)

{{ judgement(
    'judged',
    has=['due_on', 'observed_on'],
    member='is_member',
    keys=['nc_id', 'audit_id', 'certificate_id', 'org_id'],
    evidence=['audit_id', 'certificate_id', 'raised_on', 'evidence_due_on', 'evidence_on']
) }}
