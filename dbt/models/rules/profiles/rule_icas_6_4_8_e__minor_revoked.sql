-- ICAS 6.4.8 Suspended for a minor nonconformity and six months over without evidence: the certificate is revoked.
with suspended as (
    select
        *,
        {{ add_months('suspended_on', parameter('icas_minor_suspension_months', on='raised_on')) }} as due_on,
        least(evidence_on, revoked_on, cancelled_on, certificate_ended_on) as observed_on,
        is_late
            and audit_type = 'recertification'
            and case when is_due_unknown then null else coalesce(evidence_due_on < {{ as_of() }}, false) end
            and case
                when is_certificate_unknown then null
                when suspended_on is not null then true
                when may_be_suspended_on <= {{ as_of() }} or is_status_in_question then null
                else false
            end
            and case when is_unsure then null else true end as is_member
    from {{ ref('int_nonconformity__evidence') }}
    where judged_grade = 'minor'
),

decided as (
    select
        *,
        {{ deadline_state('due_on', 'observed_on', parameter('deadline_horizon_days')) }} as known_state,
        is_end_unknown or coalesce(least(may_be_revoked_on, may_be_cancelled_on) <= due_on, false) as is_act_unknown
    from suspended
    where {{ in_population('is_member') }}
),

judged as (
    select
        *,
        nc_id as subject_id,
        due_on as anchor_on,
        case
            when is_member is null then 'undetermined'
            -- An event that could not be read may have been the suspension.
            when may_be_suspended_on < suspended_on then 'undetermined'
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
    evidence=['audit_id', 'certificate_id', 'suspended_on', 'evidence_on']
) }}
