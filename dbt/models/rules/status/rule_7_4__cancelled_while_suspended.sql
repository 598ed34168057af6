-- 7.4 A certificate is not cancelled while it is suspended.
with judged as (
    select
        event_id as subject_id,
        body_id,
        effective_on as anchor_on,
        certificate_id,
        effective_on as observed_on,
        case when was_suspended and not had_ended then 'breach' else 'pass' end as state
    from {{ ref('int_certificate__event_context') }}
    where event = 'cancelled'
)

{{ judgement(
    'judged',
    has=['observed_on'],
    found="'注销于 ' || " ~ shown('observed_on') ~ " || '，当时证书处于暂停状态'",
    evidence=['certificate_id', 'observed_on']
) }}
