-- 6.2.3 A certificate issued after the old one expired runs to the old expiry plus the longest validity.
with renewed as (
    select
        certificates.certificate_id,
        certificates.body_id,
        certificates.org_id,
        certificates.issued_on,
        certificates.previous_certificate_id,
        certificates.expires_on as observed_on,
        certificates.is_abroad,
        previous.expires_on as previous_expires_on,
        {{ add_months('previous.expires_on', parameter('certificate_validity_months', on='certificates.issued_on')) }} as latest_on,
        certificates.is_itsms is null
        or certificates.previous_certificate_id is null
        or coalesce(previous.is_stub, true)
        or previous.expires_on is null as is_unsure
    from {{ ref('int_certificate__itsms') }} as certificates
    left join {{ ref('stg_certificate') }} as previous
        on certificates.previous_certificate_id = previous.certificate_id
    where certificates.previous_certificate_id is not null
        or {{ is_unreadable('previous_certificate_id', 'certificates') }}
),

judged as (
    select
        *,
        certificate_id as subject_id,
        issued_on as anchor_on,
        case
            when is_unsure then 'undetermined'
            when observed_on > latest_on then 'breach'
            when observed_on is null then 'undetermined'
            else 'pass'
        end as state
    from renewed
    -- Issued on a day that could not be read: by as_of at the latest.
    where coalesce(coalesce(issued_on, {{ as_of() }}) > previous_expires_on, true)
)

{{ judgement(
    'judged',
    has=['observed_on'],
    member="nullif(is_unsure, true)",
    keys=['certificate_id', 'org_id'],
    abroad='is_abroad',
    found=say('原证书有效期至 {previous_expires_on}，新证书签发于 {issued_on}，有效期至 {observed_on}，最晚应为 {latest_on}'),
    evidence=['previous_certificate_id', 'previous_expires_on', 'issued_on', 'observed_on', 'latest_on']
) }}
