-- 5.3.1 The client pays the body, no third party does.
with signed as (
    select
        *,
        is_itsms
        and {{ unless_unreadable('contract_signed_on is not null', ['contract_signed_on']) }} as is_signed
    from {{ ref('int_application') }}
),

judged as (
    select
        *,
        application_id as subject_id,
        contract_signed_on as anchor_on,
        case when paid_by = 'third_party' then '第三方' else '未记录' end as payer_zh,
        {{ state_if("paid_by = 'third_party'") }} as state
    from signed
    where {{ in_population('is_signed') }}
)

{{ judgement(
    'judged',
    keys=['application_id', 'org_id'],
    abroad='is_abroad',
    member='is_signed',
    found=say('合同签订于 {contract_signed_on}，付款方：{payer_zh}'),
    evidence=['contract_no', 'contract_signed_on', 'paid_by']
) }}
