-- 5.4.2.3 Audit time is counted in half days.
with audits as (
    select
        *,
        {{ is_completed_itsms() }} and {{ unless_unreadable('total_days is not null', ['total_days']) }} as is_judged
    from {{ ref('int_audit__itsms') }}
),

judged as (
    select
        *,
        audit_id as subject_id,
        actual_start as anchor_on,
        {{ state_if('total_days % ' ~ parameter('audit_time_step_days', on='actual_start') ~ ' <> 0') }} as state
    from audits
    where {{ in_population('is_judged') }}
)

{{ judgement(
    'judged',
    keys=['audit_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('审核时间 {total_days:number} 人日，不是 {parameter:audit_time_step_days@anchor_on} 人日的整数倍'),
    evidence=['total_days']
) }}
