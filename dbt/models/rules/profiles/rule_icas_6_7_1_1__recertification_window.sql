-- ICAS 6.7.1.1 A recertification audit ends within the last months of the certificate.
with judged as (
    select
        audits.audit_id as subject_id,
        audits.audit_id,
        audits.body_id,
        audits.org_id,
        audits.actual_start as anchor_on,
        audits.certificate_id,
        audits.actual_end,
        audits.is_itsms and audits.is_completed and audits.audit_type = 'recertification' as is_asked,
        certificates.expires_on,
        {{ add_months('certificates.expires_on', '-' ~ parameter('icas_recertification_window_months', on='audits.actual_start')) }} as earliest_on
    from {{ ref('int_audit') }} as audits
    left join {{ ref('stg_certificate') }} as certificates on audits.certificate_id = certificates.certificate_id
    where {{ in_population("audits.is_itsms and audits.is_completed and audits.audit_type = 'recertification'") }}
),

stated as (
    select
        *,
        case
            when is_asked is null then 'undetermined'
            when expires_on is null then 'undetermined'
            when actual_end < earliest_on then 'breach'
            when actual_end > expires_on then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    member="is_asked",
    keys=['audit_id', 'certificate_id', 'org_id'],
    found=say('再认证审核结束于 {actual_end}，应在 {earliest_on} 至 {expires_on} 之间'),
    evidence=['certificate_id', 'actual_end', 'earliest_on', 'expires_on']
) }}
