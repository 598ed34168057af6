-- 7 Status events follow one another as the certificate's status allows, in the order of their seq.
with faults as (
    select
        events.*,
        contexts.latest_lower_seq_on,
        coalesce(contexts.is_sequence_unknown, false) as is_sequence_unknown,
        events.event in ('suspended', 'restored', 'revoked', 'cancelled') as changes_status,
        contexts.was_suspended,
        contexts.had_ended,
        coalesce(events.event = 'restored' and not contexts.was_suspended, false) as is_idle_restoration,
        coalesce(events.event = 'suspended' and contexts.was_suspended, false) as is_idle_suspension,
        coalesce(events.event in ('suspended', 'restored', 'revoked', 'cancelled') and contexts.had_ended, false) as is_after_the_end,
        coalesce(
            events.event in ('suspended', 'restored', 'revoked', 'cancelled') and events.effective_on < events.issued_on, false
        ) as is_before_the_issue,
        coalesce(contexts.latest_lower_seq_on > events.effective_on, false) as is_out_of_order
    from {{ ref('int_certificate__event') }} as events
    left join {{ ref('int_certificate__event_context') }} as contexts on events.event_id = contexts.event_id
),

judged as (
    select
        *,
        event_id as subject_id,
        effective_on as anchor_on,
        effective_on as observed_on,
        case
            when event is null or effective_on is null then 'undetermined'
            when is_out_of_order then 'breach'
            when is_idle_restoration or is_idle_suspension or is_after_the_end or is_before_the_issue then 'breach'
            when is_sequence_unknown then 'undetermined'
            when event in ('suspended', 'restored') and was_suspended is null then 'undetermined'
            when changes_status and (had_ended is null or is_certificate_unknown or issued_on is null) then 'undetermined'
            else 'pass'
        end as state
    from faults
)

{{ judgement(
    'judged',
    has=['observed_on'],
    keys=['event_id', 'certificate_id'],
    abroad='is_abroad',
    member='is_itsms',
    found=say(
        '事件“{what}”（{observed_on}）{fault}',
        what=term('certificate_event', 'event'),
        fault="case when state = 'undetermined' then '与状态是否相符，记录不足以判断' else '不为当时状态所允许：' || trim(trailing '；' from case when is_idle_restoration then '未暂停而恢复；' else '' end || case when is_idle_suspension then '暂停中又暂停；' else '' end || case when is_after_the_end then '证书终止之后；' else '' end || case when is_before_the_issue then '签发之前；' else '' end || case when is_out_of_order then '早于序号在前的事件；' else '' end) end"
    ),
    evidence=['certificate_id', 'seq', 'event', 'observed_on', 'issued_on', 'own_ended_on']
) }}
