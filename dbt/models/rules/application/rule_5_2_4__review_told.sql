-- 5.2.4 The client is told the result of the review.
with reviewed as (
    select
        *,
        is_itsms
        and {{ unless_unreadable('review_result is not null', ['review_result']) }}
        and {{ unless_unreadable('reviewed_on <= ' ~ as_of(), ['reviewed_on']) }} as is_reviewed
    from {{ ref('int_application') }}
),

judged as (
    select
        *,
        application_id as subject_id,
        reviewed_on as anchor_on,
        {{ happened('review_notified_on') }} as told_on,
        {{ state_if(
            unless_unreadable(
                happened('review_notified_on') ~ ' is null and ' ~ as_of() ~ ' > ' ~ add_days('reviewed_on', parameter('house_told_days')),
                ['review_notified_on']
            )
            ~ ' or '
            ~ unless_unreadable(
                happened('review_notified_on') ~ ' > contract_signed_on', ['review_notified_on', 'contract_signed_on']
            ),
            'warning'
        ) }} as state
    from reviewed
    where {{ in_population('is_reviewed') }}
)

{{ judgement(
    'judged',
    keys=['application_id', 'org_id'],
    abroad='is_abroad',
    member='is_reviewed',
    exempt=not_kept('judged.body_id', 'application', ['review_notified_on']),
    found=say('申请评审于 {reviewed_on}，评审结果告知认证委托人于 {told_on}，合同签订于 {contract_signed_on}；内部要求评审后 {parameter:house_told_days} 日内告知'),
    evidence=['reviewed_on', 'told_on', 'contract_signed_on']
) }}
