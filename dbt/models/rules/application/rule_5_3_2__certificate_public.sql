-- 5.3.2 The body makes the certificate's information public.
with judged as (
    select
        certificates.certificate_id,
        certificates.certificate_id as subject_id,
        certificates.body_id,
        certificates.org_id,
        certificates.issued_on,
        certificates.issued_on as anchor_on,
        certificates.system = 'ITSMS' as is_judged,
        coalesce(clients.is_abroad, false) as is_abroad,
        {{ happened('certificates.published_on') }} as published_on,
        {{ state_if(
            as_of() ~ ' > ' ~ add_days('certificates.issued_on', parameter('house_told_days')) ~ ' and '
            ~ unless_unreadable(happened('certificates.published_on') ~ ' is null', ['published_on'], 'certificates'),
            'warning'
        ) }} as state
    from {{ ref('stg_certificate') }} as certificates
    left join {{ ref('int_client') }} as clients on certificates.org_id = clients.org_id
    where not certificates.is_stub
        and {{ in_population("certificates.system = 'ITSMS'") }}
)

{{ judgement(
    'judged',
    keys=['certificate_id', 'org_id'],
    abroad='is_abroad',
    exempt=not_kept('judged.body_id', 'certificate', ['published_on']),
    member='is_judged',
    found=say('证书颁发于 {issued_on}，公布于 {published_on}；内部要求 {parameter:house_told_days} 日内公布'),
    evidence=['issued_on', 'published_on']
) }}
