-- C.2, 6.2.1 A sub-certificate runs within the term of its main certificate.
with judged as (
    select
        certificates.certificate_id as subject_id,
        certificates.certificate_id,
        certificates.body_id,
        certificates.org_id,
        certificates.is_abroad,
        certificates.issued_on as anchor_on,
        certificates.issued_on,
        certificates.expires_on as observed_on,
        certificates.parent_certificate_id,
        parents.expires_on as main_expires_on,
        lines.line_start_on as main_line_start_on,
        case when certificates.parent_certificate_id is not null then certificates.is_itsms end as is_asked,
        case
            when coalesce(parents.is_stub, true) then 'undetermined'
            when certificates.expires_on > parents.expires_on then 'breach'
            when certificates.issued_on < lines.line_start_on then 'breach'
            when certificates.expires_on is null or parents.expires_on is null or lines.line_start_on is null then 'undetermined'
            else 'pass'
        end as state
    from {{ ref('int_certificate__itsms') }} as certificates
    left join {{ ref('stg_certificate') }} as parents on certificates.parent_certificate_id = parents.certificate_id
    left join {{ ref('int_certificate__line') }} as lines on certificates.parent_certificate_id = lines.certificate_id
    where certificates.parent_certificate_id is not null
        or {{ is_unreadable('parent_certificate_id', 'certificates') }}
)

{{ judgement(
    'judged',
    has=['observed_on'],
    member="is_asked",
    keys=['certificate_id', 'org_id'],
    abroad='is_abroad',
    found=say('子证书签发于 {issued_on}、有效期至 {observed_on}；主证书首次签发于 {main_line_start_on}、有效期至 {main_expires_on}'),
    evidence=['parent_certificate_id', 'issued_on', 'observed_on', 'main_line_start_on', 'main_expires_on']
) }}
