-- 6.2.1 A certificate has at most the longest validity, from the first day of its line: a reissue keeps the term.
with judged as (
    select
        certificates.certificate_id as subject_id,
        certificates.certificate_id,
        certificates.body_id,
        certificates.org_id,
        certificates.issued_on as anchor_on,
        certificates.issued_on,
        lines.line_start_on,
        {{ add_months('lines.line_start_on', parameter('certificate_validity_months', on='certificates.issued_on')) }} as latest_on,
        certificates.expires_on as observed_on,
        certificates.is_itsms is null as is_unsure,
        certificates.is_abroad
    from {{ ref('int_certificate__itsms') }} as certificates
    left join {{ ref('int_certificate__line') }} as lines on certificates.certificate_id = lines.certificate_id
),

stated as (
    select
        *,
        case
            when is_unsure then 'undetermined'
            when observed_on > latest_on then 'breach'
            when observed_on < issued_on then 'breach'
            when observed_on is null or latest_on is null then 'undetermined'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['observed_on'],
    member="nullif(is_unsure, true)",
    keys=['certificate_id', 'org_id'],
    abroad='is_abroad',
    found=say('签发于 {issued_on}（首次签发 {line_start_on}），有效期至 {observed_on}，最晚应为 {latest_on}'),
    evidence=['issued_on', 'line_start_on', 'observed_on', 'latest_on']
) }}
