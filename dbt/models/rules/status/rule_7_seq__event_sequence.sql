-- 7 Status events follow one another as the certificate's status allows, in the order of their seq.
with faults as (
    select
        *,
        event in ('suspended', 'restored', 'revoked', 'cancelled') as changes_status
    from {{ ref('int_certificate__event_context') }}
),

judged as (
    select
        event_id as subject_id,
        body_id,
        effective_on as anchor_on,
        certificate_id,
        seq,
        event,
        effective_on as observed_on,
        ended_on,
        issued_on,
        case when event = 'restored' and not was_suspended then '未暂停而恢复；' else '' end
            || case when event = 'suspended' and was_suspended then '暂停中又暂停；' else '' end
            || case when changes_status and had_ended then '证书终止之后；' else '' end
            || case when changes_status and effective_on < issued_on then '签发之前；' else '' end
            || case when latest_lower_seq_on > effective_on then '早于序号在前的事件；' else '' end as fault
    from faults
),

stated as (
    select
        *,
        case when fault <> '' then 'breach' else 'pass' end as state
    from judged
)

{{ judgement(
    'stated',
    has=['observed_on'],
    found="'事件“' || " ~ event_label('event') ~ " || '”（' || " ~ shown('observed_on') ~ " || '）不为当时状态所允许：' || trim(trailing '；' from fault)",
    evidence=['certificate_id', 'seq', 'event', 'observed_on', 'issued_on', 'ended_on', 'fault']
) }}
