-- 5.12.5 A refusal is told to the client. The text names no day, so it is a warning.
with judged as (
    select
        decision_id as subject_id,
        decision_id,
        body_id,
        decided_on as anchor_on,
        decided_on,
        {{ happened('notified_on') }} as observed_on,
        is_abroad,
        kind = 'refuse' and is_itsms as is_member,
        case
            when decided_on = {{ as_of() }} then 'pass'
            when {{ is_unreadable('notified_on') }} then 'undetermined'
            when coalesce({{ happened('notified_on') }} >= decided_on, false) then 'pass'
            else 'warning'
        end as state
    from {{ ref('int_decision__itsms') }}
    where {{ in_population("kind = 'refuse'") }}
)

{{ judgement(
    'judged',
    has=['observed_on'],
    keys=['decision_id'],
    abroad='is_abroad',
    member='is_member',
    found=say(
        '不予认证决定日 {decided_on}，告知认证委托人 {observed_on}{late}',
        late="case when observed_on is null and " ~ as_of() ~ " > " ~ add_days('decided_on', parameter('house_told_days')) ~ " then '，已超过 " ~ parameter_in_words('house_told_days') ~ " 天' else '' end"
    ),
    evidence=['decided_on', 'observed_on']
) }}
