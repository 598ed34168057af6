-- 5.12.4 A recertification audit was done and nothing is decided yet: the old certificate's expiry comes near.
with decided as (
    select
        audit_id,
        bool_or(kind in ('renew', 'refuse') and decided_on <= {{ as_of() }}) as is_decided,
        bool_or((kind in ('renew', 'refuse') and decided_on <= {{ as_of() }}) is null) as may_be_decided
    from {{ ref('stg_decision') }}
    where audit_id is not null
        and not is_stub
    group by audit_id
),

judged as (
    select
        audits.audit_id as subject_id,
        audits.audit_id,
        audits.certificate_id,
        audits.body_id,
        certificates.expires_on as anchor_on,
        certificates.expires_on as due_on,
        audits.actual_end as audit_ended_on,
        ends.ended_on,
        ends.end_kind,
        audits.is_abroad,
        case
            when coalesce(decided.may_be_decided, false) then null
            else audits.is_completed and audits.is_itsms and audits.audit_type = 'recertification'
        end as is_member,
        case
            when ends.end_kind in ('revoked', 'cancelled', 'superseded') then 'not_applicable'
            when certificates.expires_on is null then 'undetermined'
            when {{ as_of() }} >= {{ add_days('certificates.expires_on', '-' ~ parameter('house_decision_horizon_days')) }} then 'warning'
            else 'pass'
        end as state
    from {{ ref('int_audit__itsms') }} as audits
    left join decided on audits.audit_id = decided.audit_id
    left join {{ ref('stg_certificate') }} as certificates on audits.certificate_id = certificates.certificate_id
    left join {{ ref('int_certificate__ended') }} as ends on audits.certificate_id = ends.certificate_id
    where {{ in_population("audits.is_completed and audits.audit_type = 'recertification'") }}
        and not coalesce(decided.is_decided, false)
)

{{ judgement(
    'judged',
    has=['due_on'],
    keys=['audit_id', 'certificate_id'],
    abroad='is_abroad',
    member='is_member',
    found=say('再认证审核结束于 {audit_ended_on}，尚无认证决定，原证书有效期至 {due_on}'),
    evidence=['audit_id', 'certificate_id', 'audit_ended_on', 'due_on']
) }}
