-- 5.4.5.3 The client confirms the audit plan before the audit begins.
with judged as (
    select
        *,
        audit_id as subject_id,
        actual_start as anchor_on,
        {{ is_held_itsms() }} as is_judged,
        {{ happened('client_confirmed_on') }} as observed_on,
        {{ state_if(unless_unreadable(
            happened('client_confirmed_on') ~ ' is null or client_confirmed_on > actual_start', ['client_confirmed_on']
        )) }} as state
    from {{ ref('int_audit__itsms') }}
    where {{ in_population(is_held_itsms()) }}
)

{{ judgement(
    'judged',
    has=['observed_on'],
    keys=['audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('审核开始日 {actual_start}，委托方确认审核计划日 {observed_on}，应不晚于审核开始日'),
    evidence=['actual_start', 'observed_on']
) }}
