-- 3.1 A body certifies ITSMS once it is approved for it.
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
        {{ happened('bodies.itsms_approved_on') }} as approved_on,
        {{ state_if('certificates.issued_on < ' ~ happened('bodies.itsms_approved_on')) }} as state
    from {{ ref('stg_certificate') }} as certificates
    left join {{ ref('stg_certification_body') }} as bodies on certificates.body_id = bodies.body_id
    left join {{ ref('int_client') }} as clients on certificates.org_id = clients.org_id
    where not certificates.is_stub
        and {{ in_population("certificates.system = 'ITSMS'") }}
)

{{ judgement(
    'judged',
    keys=['certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('证书颁发于 {issued_on}，机构获批 ITSMS 认证于 {approved_on}'),
    evidence=['issued_on', 'approved_on']
) }}
