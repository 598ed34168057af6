-- 5.2.1, 5.3.1 An application is reviewed and accepted before there is a contract or an audit.
with dated as (
    select
        *,
        is_itsms and (
            {{ unless_unreadable('contract_signed_on <= ' ~ as_of(), ['contract_signed_on']) }} or has_begun
        ) as is_judged_here,
        least({{ happened('contract_signed_on') }}, first_begun_on) as first_act_on,
        {{ is_unreadable('contract_signed_on') }}
        or coalesce(may_have_begun_on < least({{ happened('contract_signed_on') }}, first_begun_on), false) as may_be_earlier
    from {{ ref('int_application') }}
),

judged as (
    select
        *,
        application_id as subject_id,
        -- An act on an unknown day may be the earlier one: nobody knows then whether the rule was in force.
        case when may_be_earlier and first_act_on >= {{ effective_from('cnca') }} then null else first_act_on end as anchor_on,
        case review_result when 'accepted' then '受理' when 'rejected' then '不予受理' else '未记录' end as review_zh,
        case
            when {{ unless_unreadable("review_result = 'rejected'", ['review_result']) }} then 'breach'
            when reviewed_on > first_act_on then 'breach'
            when review_result is null or reviewed_on is null then 'undetermined'
            else 'pass'
        end as state
    from dated
    where {{ in_population('is_judged_here') }}
)

{{ judgement(
    'judged',
    keys=['application_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged_here',
    found=say('申请评审结果：{review_zh}，评审于 {reviewed_on}；合同签订于 {contract_signed_on}，首次审核开始于 {first_begun_on}'),
    evidence=['review_result', 'reviewed_on', 'contract_signed_on', 'first_begun_on']
) }}
