-- 7.2.1 (9) When the client is ordered to close, the certificate is suspended.
with grounds as (
    select
        certificates.certificate_id,
        certificates.body_id,
        certificates.org_id,
        certificates.is_abroad,
        clients.closure_from as ground_on,
        clients.closure_until as ground_until,
        certificates.org_id is not null
        and not {{ is_unreadable('closure_from', 'clients') }} as is_ground_known,
        -- Over on a day that could not be read: it may have been over before there was anything to do.
        case when {{ is_unreadable('closure_until', 'clients') }} then null else certificates.is_itsms end as is_member
    from {{ ref('int_certificate') }} as certificates
    left join {{ ref('int_client') }} as clients on certificates.org_id = clients.org_id
    where {{ in_population('certificates.is_itsms') }}
        and not coalesce(clients.is_stub, false)
        and (
            certificates.org_id is null
            or (
                coalesce(clients.closure_from <= {{ as_of() }}, {{ is_unreadable('closure_from', 'clients') }})
                and coalesce(clients.closure_until >= certificates.issued_on, true)
            )
        )
),

{{ ground_rule(
    'grounds',
    statuses=['valid'],
    acts=['suspended', 'revoked', 'cancelled']
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
    found=say('自 {ground_on} 起被责令停产停业，处理 {observed_on}（调查核实 {established_on}），最晚应为 {due_on}'),
    evidence=['org_id', 'ground_on', 'ground_until', 'g', 'act_event_id', 'established_on', 'observed_on', 'due_on']
) }}
