-- 5.3.1 The contract is signed when the first audit of an application begins, whatever that audit's status or system.
with begun as (
    select
        *,
        is_itsms and case
            when first_started_on is not null then true
            when may_have_started then null
            else false
        end as is_begun
    from {{ ref('int_application') }}
),

judged as (
    select
        *,
        application_id as subject_id,
        -- An audit on an unknown day may be the earlier one: nobody knows then whether the rule was in force.
        case
            when may_have_started and first_started_on >= {{ effective_from('cnca') }} then null
            else first_started_on
        end as anchor_on,
        {{ state_if(
            unless_unreadable('contract_signed_on is null or contract_signed_on > first_started_on', ['contract_signed_on'])
        ) }} as state
    from begun
    where {{ in_population('is_begun') }}
)

{{ judgement(
    'judged',
    keys=['application_id', 'org_id'],
    abroad='is_abroad',
    member='is_begun',
    found=say('首次审核开始于 {first_started_on}，合同签订于 {contract_signed_on}'),
    evidence=['contract_no', 'contract_signed_on', 'first_started_on']
) }}
