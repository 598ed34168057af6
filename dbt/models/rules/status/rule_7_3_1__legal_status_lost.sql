-- 7.3 (1) When the client loses its legal status, the certificate is revoked. To cancel it is no answer (R7.4-b reports).
with grounds as (
    select
        certificates.certificate_id,
        certificates.body_id,
        certificates.org_id,
        certificates.is_abroad,
        clients.legal_status_revoked_on as ground_on,
        cast(null as date) as ground_until,
        certificates.org_id is not null and not {{ is_unreadable('legal_status_revoked_on', 'clients') }} as is_ground_known,
        certificates.is_itsms as is_member
    from {{ ref('int_certificate') }} as certificates
    left join {{ ref('int_client') }} as clients on certificates.org_id = clients.org_id
    where {{ in_population('certificates.is_itsms') }}
        and not coalesce(clients.is_stub, false)
        and (
            certificates.org_id is null
            or (
                coalesce(clients.legal_status_revoked_on <= {{ as_of() }}, {{ is_unreadable('legal_status_revoked_on', 'clients') }})
            )
        )
),

{{ ground_rule(
    'grounds',
    statuses=['valid', 'suspended'],
    acts=['revoked'],
    ends=['revoked', 'superseded', 'expired'],
    act_days='revocation_days'
) }},

judged as (
    select
        *,
        certificate_id as subject_id,
        g as anchor_on
    from answered
)

{{ judgement(
    'judged',
    has=['due_on', 'observed_on'],
    keys=['certificate_id', 'org_id'],
    abroad='is_abroad',
    member='case when is_in_question then null else is_member end',
    found=say('自 {ground_on} 起丧失法律地位，处理 {observed_on}（调查核实 {established_on}），最晚应为 {due_on}'),
    evidence=['org_id', 'ground_on', 'ground_until', 'g', 'act_event_id', 'established_on', 'observed_on', 'due_on']
) }}
