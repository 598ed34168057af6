-- 7.2.1 (5) When a required licence lapses, the certificate is suspended; the last valid day is no ground.
with grounds as (
    select
        certificates.certificate_id,
        certificates.body_id,
        certificates.org_id,
        certificates.is_abroad,
        {{ add_days('clients.licence_valid_until', 1) }} as ground_on,
        cast(null as date) as ground_until,
        certificates.org_id is not null and not {{ is_unreadable('licence_valid_until', 'clients') }} as is_ground_known,
        clients.licence_required,
        case when {{ is_unreadable('licence_required', 'clients') }} then null else certificates.is_itsms end as is_member
    from {{ ref('int_certificate') }} as certificates
    left join {{ ref('int_client') }} as clients on certificates.org_id = clients.org_id
    where {{ in_population('certificates.is_itsms') }}
        and not coalesce(clients.is_stub, false)
        and (
            certificates.org_id is null
            or (
                coalesce(clients.licence_required, true)
                and coalesce(clients.licence_valid_until < {{ as_of() }}, {{ is_unreadable('licence_valid_until', 'clients') }})
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
        certificate_id as subject_id,
        certificate_id,
        body_id,
        org_id,
        g as anchor_on,
        g,
        ground_on,
        ground_until,
        act_event_id,
        established_on,
        observed_on,
        due_on,
        is_abroad,
        is_member,
        is_in_question,
        licence_required,
        case when licence_required is null then 'undetermined' else state end as state
    from answered
)

{{ judgement(
    'judged',
    has=['due_on', 'observed_on'],
    keys=['certificate_id', 'org_id'],
    abroad='is_abroad',
    member='case when is_in_question then null else is_member end',
    found=say('许可自 {ground_on} 起失效，处理 {observed_on}（调查核实 {established_on}），最晚应为 {due_on}'),
    evidence=['org_id', 'licence_required', 'ground_on', 'g', 'act_event_id', 'established_on', 'observed_on', 'due_on']
) }}
