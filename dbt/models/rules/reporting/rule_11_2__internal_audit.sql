-- 11.2 An internal audit at least every interval; where there is none, the interval runs from the rule's first day.
with latest as (
    select
        body_id,
        max(held_on) as held_on,
        bool_or(held_on is null) as is_day_unknown
    from {{ ref('stg_internal_audit') }}
    where not is_stub
        and (held_on is null or held_on <= {{ as_of() }})
    group by body_id
),

judged as (
    select
        bodies.body_id as subject_id,
        bodies.body_id,
        {{ as_of() }} as anchor_on,
        bodies.is_stub,
        coalesce(latest.is_day_unknown, false) as is_day_unknown,
        latest.held_on as last_held_on,
        {{ add_months('coalesce(latest.held_on, ' ~ effective_from('cnca') ~ ')', parameter('internal_audit_interval_months')) }} as known_due_on,
        cast(null as date) as observed_on
    from {{ ref('stg_certification_body') }} as bodies
    left join latest on bodies.body_id = latest.body_id
),

decided as (
    select
        *,
        {{ deadline_state('known_due_on', 'observed_on', parameter('internal_audit_horizon_days')) }} as known_state
    from judged
),

stated as (
    select
        *,
        case
            when is_stub then 'undetermined'
            when is_day_unknown and (last_held_on is null or known_state <> 'pass') then 'undetermined'
            else known_state
        end as state,
        case when not is_stub and not (is_day_unknown and last_held_on is null) then known_due_on end as due_on
    from decided
)

{{ judgement(
    'stated',
    has=['due_on'],
    found=say('最近一次内部审核 {last_held_on}，下一次最晚应为 {due_on}'),
    evidence=['body_id', 'last_held_on']
) }}
