-- 9.4 Suspension, revocation and cancellation are made public in time, and a suspension at the latest while it lasts.
with turns as (
    select
        *,
        -- The first day on which an event ended the suspension; later by (effective_on, seq).
        min(case when event in ('restored', 'revoked', 'cancelled') then effective_on end) over (
            partition by certificate_id order by effective_on asc nulls last, seq asc nulls last, event_id asc
            rows between 1 following and unbounded following
        ) as next_turn_on
    from {{ ref('int_report__status_change_due') }}
),

-- An event that could not be read may have ended it: on its day, or on any.
unread as (
    select
        turns.event_id,
        min(coalesce(others.effective_on, turns.effective_on)) as may_be_over_on
    from turns
    inner join {{ ref('stg_certificate_event') }} as others
        on turns.certificate_id = others.certificate_id
        and turns.event_id <> others.event_id
    where turns.event = 'suspended'
        and (others.event is null or others.event in ('restored', 'revoked', 'cancelled'))
        and (others.event is null or others.effective_on is null)
        and coalesce(others.effective_on <= {{ as_of() }}, true)
        and coalesce(others.effective_on, turns.effective_on) >= turns.effective_on
    group by turns.event_id
),

dated as (
    select
        turns.*,
        unread.may_be_over_on,
        {{ happened('turns.published_on') }} as observed_on,
        -- No calendar for the year: calendar days stand for working days here; that the due day is unknown R9.4-a says.
        coalesce(due_on, {{ add_days('effective_on', parameter('status_report_working_days')) }}) as latest_on,
        case when event = 'suspended' then least(next_turn_on, ended_on) end as over_on,
        event = 'suspended' and is_stub_certificate as is_end_unknown
    from turns
    left join unread on turns.event_id = unread.event_id
    where turns.event <> 'restored'
        or turns.event is null
),

judged as (
    select
        *,
        event_id as subject_id,
        effective_on as anchor_on,
        latest_on < reporting_since as is_before_cut_over,
        case
            when is_unsure or event is null or is_reporting_since_unknown then 'undetermined'
            when over_on is not null and not is_published_on_unknown and (observed_on is null or observed_on > over_on) then 'breach'
            when is_end_unknown and (observed_on is null or observed_on > effective_on) then 'undetermined'
            when over_on is not null and is_published_on_unknown then 'undetermined'
            when may_be_over_on is not null and (is_published_on_unknown or coalesce(observed_on > may_be_over_on, true)) then 'undetermined'
            when is_published_on_unknown then case when {{ as_of() }} > latest_on then 'undetermined' else 'pass' end
            when observed_on is null and {{ as_of() }} > latest_on then 'warning'
            when observed_on > latest_on then 'warning'
            else 'pass'
        end as state
    from dated
)

{{ judgement(
    'judged',
    has=['observed_on'],
    member="case when event is not null then nullif(is_unsure, true) end",
    keys=['event_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    exempt='is_before_cut_over',
    found="case when state = 'breach' then " ~ say('{what}生效于 {effective_on}，已于 {over_on} 结束，期间未公开（公开日 {observed_on}）', what=term('certificate_event', 'event'))
        ~ " when " ~ as_of() ~ " > " ~ add_days('effective_on', parameter('house_publication_days')) ~ " and observed_on is null then "
        ~ say('{what}生效于 {effective_on}，至今未公开，已超过 {parameter:house_publication_days} 天', what=term('certificate_event', 'event'))
        ~ " else " ~ say('{what}生效于 {effective_on}，公开日 {observed_on}，应不晚于 {latest_on}', what=term('certificate_event', 'event')) ~ " end",
    evidence=['certificate_id', 'event', 'effective_on', 'latest_on', 'over_on']
) }}
