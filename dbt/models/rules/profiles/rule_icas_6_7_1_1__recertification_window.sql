-- ICAS 6.7.1.1 A recertification audit ends within the last three months of the certificate.
with judged as (
    select
        audits.audit_id as subject_id,
        audits.body_id,
        audits.actual_start as anchor_on,
        audits.certificate_id,
        audits.actual_end,
        certificates.expires_on,
        {{ add_months('certificates.expires_on', '-' ~ parameter('icas_recertification_window_months', on='audits.actual_start')) }} as earliest_on
    from {{ ref('int_audit__completed') }} as audits
    left join {{ ref('stg_certificate') }} as certificates on audits.certificate_id = certificates.certificate_id
    where audits.audit_type = 'recertification'
),

stated as (
    select
        *,
        case
            when expires_on is null then 'undetermined'
            when actual_end < earliest_on then 'breach'
            when actual_end > expires_on then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    found="'再认证审核结束于 ' || " ~ shown('actual_end') ~ " || '，应在 ' || " ~ shown('earliest_on') ~ " || ' 至 ' || " ~ shown('expires_on') ~ " || ' 之间'",
    evidence=['certificate_id', 'actual_end', 'earliest_on', 'expires_on']
) }}
