-- 6.2.3 A certificate issued after the old one expired runs to the old expiry plus three years at most.
with judged as (
    select
        certificates.certificate_id as subject_id,
        certificates.body_id,
        certificates.issued_on as anchor_on,
        certificates.issued_on,
        certificates.previous_certificate_id,
        previous.expires_on as previous_expires_on,
        {{ add_months('previous.expires_on', parameter('certificate_validity_months', on='certificates.issued_on')) }} as latest_on,
        certificates.expires_on as observed_on
    from {{ ref('int_certificate__itsms') }} as certificates
    inner join {{ ref('stg_certificate') }} as previous
        on certificates.previous_certificate_id = previous.certificate_id
    where certificates.issued_on > previous.expires_on
),

stated as (
    select
        *,
        case when observed_on > latest_on then 'breach' else 'pass' end as state
    from judged
)

{{ judgement(
    'stated',
    has=['observed_on'],
    found="'原证书有效期至 ' || " ~ shown('previous_expires_on') ~ " || '，新证书签发于 ' || " ~ shown('issued_on') ~ " || '，有效期至 ' || " ~ shown('observed_on') ~ " || '，最晚应为 ' || " ~ shown('latest_on'),
    evidence=['previous_certificate_id', 'previous_expires_on', 'issued_on', 'observed_on', 'latest_on']
) }}
