{#
    The ground rule where the body's own calendar shows the ground (7.2.1 (6), (12)), as CTEs that end in `answered`.
    `missed` names a CTE with one row per subject: subject_id, certificate_id (the current row of the line; NULL: none),
    missed_on (the day that was missed), done_late_on (what was missed, done later), is_done_unreadable, is_unknown (nothing
    can be said), is_out (not applicable). g is the day after missed_on, the act is due five days after g; no house days.

    Columns of `answered`: those of `missed`, act_event_id, established_on, observed_on, due_on, state.
#}
{% macro overdue_rule(missed) -%}
suspended as (
    select distinct missed.subject_id
    from {{ missed }} as missed
    inner join {{ ref('int_certificate__line_row') }} as line_rows
        on missed.certificate_id = line_rows.certificate_id
        and line_rows.is_earlier
    inner join {{ ref('int_certificate__status_interval') }} as intervals
        on line_rows.row_id = intervals.certificate_id
        and intervals.status = 'suspended'
        and intervals.from_on <= {{ add_days('missed.missed_on', 1) }}
        and (intervals.to_on is null or intervals.to_on > missed.missed_on)
),

acts as (
    select
        missed.subject_id,
        events.event_id,
        events.effective_on,
        events.is_day_unknown,
        {{ happened('events.established_on') }} as established_on,
        {{ is_unreadable('established_on', 'events') }} as is_inquiry_unreadable
    from {{ missed }} as missed
    inner join {{ ref('int_certificate__line_row') }} as line_rows
        on missed.certificate_id = line_rows.certificate_id
        and line_rows.is_earlier
    inner join {{ ref('int_certificate__status_event') }} as events
        on line_rows.row_id = events.certificate_id
        and events.event in ('suspended', 'revoked', 'cancelled')
        and events.effective_on > missed.missed_on
    qualify row_number() over (
        partition by missed.subject_id order by events.effective_on, events.seq nulls last, events.event_id
    ) = 1
),

-- What is told of a certificate: its events, and what the ledger states of it on a day that nobody knows.
told as (
    select
        certificate_id,
        event,
        effective_on,
        {{ happened('established_on') }} is not null or {{ is_unreadable('established_on') }} as may_be_inquired
    from {{ ref('stg_certificate_event') }}
    union all
    select
        certificate_id,
        event,
        cast(null as date) as effective_on,
        false as may_be_inquired
    from {{ ref('int_certificate__status_event') }}
    where is_day_unknown
),

-- An event whose kind or day nobody knows may be the act.
unknown_acts as (
    select
        missed.subject_id,
        min(coalesce(events.effective_on, {{ add_days('missed.missed_on', 1) }})) as earliest_on,
        bool_or(events.may_be_inquired) as may_be_inquired
    from {{ missed }} as missed
    inner join {{ ref('int_certificate__line_row') }} as line_rows
        on missed.certificate_id = line_rows.certificate_id
        and line_rows.is_earlier
    inner join told as events on line_rows.row_id = events.certificate_id
    where (events.event is null or events.event in ('suspended', 'revoked', 'cancelled'))
        and (events.event is null or events.effective_on is null)
        and coalesce(events.effective_on > missed.missed_on and events.effective_on <= {{ as_of() }}, true)
    group by missed.subject_id
),

acted as (
    select
        missed.*,
        suspended.subject_id is not null as is_suspended_on_g,
        coalesce(unknown_acts.earliest_on < coalesce(acts.effective_on, {{ add_days(as_of(), 1) }}), false)
        -- Late, it changes nothing but by an inquiry.
        and (
            unknown_acts.may_be_inquired
            or unknown_acts.earliest_on <= {{ add_days('missed.missed_on', '1 + ' ~ parameter('suspension_days')) }}
        ) as may_be_acted,
        acts.event_id as act_event_id,
        acts.effective_on as acted_on,
        coalesce(acts.is_day_unknown, false) or coalesce(ends.is_day_unknown, false) as is_day_unknown,
        ends.ended_on,
        case when not ends.is_day_unknown then ends.ended_on end as known_ended_on,
        {{ add_days('missed.missed_on', 1) }} as g,
        -- An inquiry counts where the act comes first; on the day of the late audit too.
        case when acts.effective_on <= least(missed.done_late_on, ends.ended_on, acts.effective_on) then acts.established_on end
            as established_on,
        case when acts.effective_on <= least(missed.done_late_on, ends.ended_on, acts.effective_on) then acts.is_inquiry_unreadable else false end
            as is_inquiry_unreadable
    from {{ missed }} as missed
    left join suspended on missed.subject_id = suspended.subject_id
    left join acts on missed.subject_id = acts.subject_id
    left join unknown_acts on missed.subject_id = unknown_acts.subject_id
    left join {{ ref('int_certificate__ended') }} as ends on missed.certificate_id = ends.certificate_id
),

measured as (
    select
        *,
        case when is_suspended_on_g then g else least(done_late_on, acted_on, ended_on) end as observed_on,
        {{ add_days('g', parameter('house_ground_discovery_days', on='g')) }} as discovered_by,
        case
            when established_on is not null and not is_suspended_on_g
                then {{ add_days('greatest(established_on, g)', parameter('suspension_days', on='g')) }}
            else {{ add_days('g', parameter('suspension_days', on='g')) }}
        end as due_on
    from acted
),

answered as (
    select
        *,
        case
            when is_out or missed_on >= {{ as_of() }} then 'not_applicable'
            when is_unknown then 'undetermined'
            when is_suspended_on_g then 'pass'
            -- Whenever it was suspended or ended.
            when is_day_unknown and least(done_late_on, known_ended_on) <= {{ add_days('g', parameter('suspension_days', on='g')) }} then 'pass'
            when is_day_unknown or coalesce(is_inquiry_unreadable, false) then 'undetermined'
            when established_on > discovered_by then 'warning'
            when established_on is not null then 'pass'
            when may_be_acted and (observed_on is null or observed_on > due_on) then 'undetermined'
            -- From g on until it is due, a warning.
            else {{ deadline_state('due_on', 'observed_on', parameter('suspension_days'), 'is_done_unreadable') }}
        end as state
    from measured
)
{%- endmacro %}
