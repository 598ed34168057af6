-- 5.8.2 The recertification audit is completed before the certificate runs out; the last valid day is in time.
with judged as (
    select
        audits.audit_id as subject_id,
        audits.audit_id,
        audits.certificate_id,
        audits.body_id,
        audits.actual_start as anchor_on,
        audits.actual_end as observed_on,
        certificates.expires_on,
        audits.is_abroad,
        audits.is_completed and audits.is_itsms and audits.audit_type = 'recertification' as is_member,
        case
            when audits.actual_end is null or certificates.expires_on is null then 'undetermined'
            when audits.actual_end > certificates.expires_on then 'breach'
            else 'pass'
        end as state
    from {{ ref('int_audit__itsms') }} as audits
    left join {{ ref('stg_certificate') }} as certificates on audits.certificate_id = certificates.certificate_id
    where {{ in_population("audits.is_completed and audits.audit_type = 'recertification'") }}
)

{{ judgement(
    'judged',
    has=['observed_on'],
    keys=['audit_id', 'certificate_id'],
    abroad='is_abroad',
    member='is_member',
    found=say('再认证审核结束于 {observed_on}，原证书有效期至 {expires_on}'),
    evidence=['audit_id', 'certificate_id', 'observed_on', 'expires_on']
) }}
