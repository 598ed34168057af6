-- 5.3.1 The client pays the body, no third party does.
with judged as (
    select
        application_id as subject_id,
        body_id,
        contract_signed_on as anchor_on,
        contract_no,
        contract_signed_on,
        paid_by,
        case
            when paid_by is null then 'undetermined'
            when paid_by = 'third_party' then 'breach'
            else 'pass'
        end as state
    from {{ ref('stg_application') }}
    where contract_signed_on is not null
        and {{ list_has('systems', 'ITSMS') }}
)

{{ judgement(
    'judged',
    found="'合同签订于 ' || " ~ shown('contract_signed_on') ~ " || '，付款方：' || case when paid_by = 'third_party' then '第三方' else '未记录' end",
    evidence=['contract_no', 'contract_signed_on', 'paid_by']
) }}
