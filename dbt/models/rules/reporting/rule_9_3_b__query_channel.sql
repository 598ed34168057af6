-- 9.3 The body keeps a way of its own to query a certificate: what is printed is not CNCA's alone.
with channels as (
    select
        certificates.certificate_id,
        certificates.body_id,
        certificates.org_id,
        certificates.issued_on,
        certificates.query_channel,
        certificates.is_abroad,
        certificates.is_itsms is null or {{ is_unreadable('query_channel', 'certificates') }} as is_unsure,
        {{ own_query_channel('certificates.query_channel') }} as own_channel
    from {{ ref('int_certificate__itsms') }} as certificates
    where not {{ is_blank('certificates.query_channel') }}
        or {{ is_unreadable('query_channel', 'certificates') }}
),

judged as (
    select
        *,
        certificate_id as subject_id,
        issued_on as anchor_on,
        case
            when is_unsure then 'undetermined'
            when own_channel = '' then 'breach'
            else 'pass'
        end as state
    from channels
)

{{ judgement(
    'judged',
    member="nullif(is_unsure, true)",
    keys=['certificate_id', 'org_id'],
    abroad='is_abroad',
    found=say('证书上的查询途径为“{query_channel}”，没有认证机构自己的查询途径'),
    evidence=['query_channel']
) }}
