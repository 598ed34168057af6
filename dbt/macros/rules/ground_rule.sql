{#
    The ground rule of 7.2.1 and 7.3 ("在调查核实后5日内"), as CTEs that end in `answered`. `grounds` names a CTE with one
    row per certificate whose client has the ground: certificate_id, ground_on, ground_until (its last day; NULL: still),
    is_ground_known (false: its days could not be read; then there is no g, and the subject is undetermined).

    statuses   of the certificate, one of which it has on g, the first such day on which the ground stands
    acts       events that answer the ground; the certificate's own first one on or after g counts
    ends       ends of the certificate that are as good as an act (own or inherited)
    days       where no inquiry is recorded, the act is due this long after g; where one is, the five days of the law are
               judged on the event (R7.2.1, R7.3-e), and a late inquiry is a warning

    Columns of `answered`: those of `grounds`, g (where only one day can be it, also of an unknown ground), act_event_id,
    established_on, observed_on, due_on, end_kind, ended_on, state, and is_in_question: nobody knows whether there is such a g.
#}
{% macro ground_rule(grounds, statuses, acts, ends=['revoked', 'cancelled', 'superseded', 'expired'], act_days='suspension_days') -%}
first_days as (
    select
        grounds.certificate_id,
        min(greatest(intervals.from_on, grounds.ground_on)) as g
    from {{ grounds }} as grounds
    inner join {{ ref('int_certificate__status_interval') }} as intervals
        on grounds.certificate_id = intervals.certificate_id
        and intervals.status in ('{{ statuses | join("', '") }}')
        and greatest(intervals.from_on, grounds.ground_on) <= coalesce(intervals.to_on, {{ as_of() }})
    where grounds.is_ground_known
        and greatest(intervals.from_on, grounds.ground_on) <= least({{ as_of() }}, coalesce(grounds.ground_until, {{ as_of() }}))
    group by grounds.certificate_id
),

-- Days on which an unknown ground could have found the certificate standing.
standing as (
    select
        certificate_id,
        min(from_on) as first_day,
        max(coalesce(to_on, {{ as_of() }})) as last_day
    from {{ ref('int_certificate__status_interval') }}
    where status in ('{{ statuses | join("', '") }}')
        and from_on is not null
    group by certificate_id
),

{% if 'suspended' not in statuses -%}
-- Suspended on a day that nobody knows: it may have been before the ground came.
undated_suspensions as (
    select distinct first_days.certificate_id
    from first_days
    inner join {{ ref('int_certificate__suspended') }} as suspensions on first_days.certificate_id = suspensions.certificate_id
    where suspensions.is_day_unknown
        and coalesce(suspensions.may_be_since_on <= first_days.g, true)
),

-- Issued on a day that could not be read: suspended all the while that the ground stood.
suspended_throughout as (
    select distinct grounds.certificate_id
    from {{ grounds }} as grounds
    inner join {{ ref('int_certificate__suspended') }} as suspensions
        on grounds.certificate_id = suspensions.certificate_id
        and suspensions.suspended_on <= grounds.ground_on
        and coalesce(suspensions.restored_on > least({{ as_of() }}, coalesce(grounds.ground_until, {{ as_of() }})), true)
        and not suspensions.is_day_unknown
),

{% endif -%}
acts as (
    select
        first_days.certificate_id,
        events.event_id,
        events.effective_on,
        events.is_day_unknown,
        {{ happened('events.established_on') }} as established_on,
        {{ is_unreadable('established_on', 'events') }} as is_inquiry_unreadable
    from first_days
    inner join {{ ref('int_certificate__status_event') }} as events
        on first_days.certificate_id = events.certificate_id
        and events.event in ('{{ acts | join("', '") }}')
        and events.effective_on >= first_days.g
    qualify row_number() over (
        partition by first_days.certificate_id
        order by events.effective_on, events.seq nulls last, events.event_id
    ) = 1
),

-- An event whose kind or day could not be read may be the act.
unknown_acts as (
    select
        first_days.certificate_id,
        min(coalesce(events.effective_on, first_days.g)) as earliest_on,
        bool_or({{ happened('events.established_on') }} is not null or {{ is_unreadable('established_on', 'events') }}) as may_be_inquired
    from first_days
    inner join {{ ref('stg_certificate_event') }} as events on first_days.certificate_id = events.certificate_id
    where (events.event is null or events.event in ('{{ acts | join("', '") }}'))
        and (events.event is null or events.effective_on is null)
        and coalesce(events.effective_on >= first_days.g and events.effective_on <= {{ as_of() }}, true)
    group by first_days.certificate_id
),

acted as (
    select
        grounds.*,
        case when rows_issued.issued_on is not null then first_days.g end as first_g,
        acts.event_id as act_event_id,
        acts.effective_on as acted_on,
        acts.established_on,
        coalesce(acts.is_inquiry_unreadable, false) as is_inquiry_unreadable,
        coalesce(unknown_acts.earliest_on < coalesce(acts.effective_on, {{ add_days(as_of(), 1) }}), false) as is_act_in_question,
        unknown_acts.earliest_on,
        coalesce(unknown_acts.may_be_inquired, false) as may_be_inquired,
        coalesce(acts.is_day_unknown, false) or coalesce(ends.is_day_unknown, false) as is_day_unknown,
        not grounds.is_ground_known
        or rows_issued.issued_on is null
        or coalesce(ends.is_day_unknown, false)
        {%- if 'suspended' not in statuses %}
        or undated_suspensions.certificate_id is not null
        {%- endif %}
        or (coalesce(certificates.is_status_in_question, false) and coalesce(lines.status_in_question_on <= first_days.g, true))
            as is_in_question,
        case
            when not grounds.is_ground_known and grounds.org_id is not null and standing.first_day = standing.last_day then standing.first_day
            when rows_issued.issued_on is null and grounds.ground_on = {{ as_of() }} then grounds.ground_on
        end as only_day,
        ends.end_kind,
        ends.ended_on,
        case when ends.end_kind in ('{{ ends | join("', '") }}') then ends.ended_on end as settled_on,
        coalesce(certificates.is_status_in_question, false) or rows_issued.issued_on is null as is_status_in_question
    from {{ grounds }} as grounds
    left join first_days on grounds.certificate_id = first_days.certificate_id
    left join acts on grounds.certificate_id = acts.certificate_id
    left join unknown_acts on grounds.certificate_id = unknown_acts.certificate_id
    left join {{ ref('int_certificate__ended') }} as ends on grounds.certificate_id = ends.certificate_id
    left join {{ ref('int_certificate__line') }} as lines on grounds.certificate_id = lines.certificate_id
    left join {{ ref('int_certificate') }} as certificates on grounds.certificate_id = certificates.certificate_id
    left join {{ ref('stg_certificate') }} as rows_issued on grounds.certificate_id = rows_issued.certificate_id
    left join standing on grounds.certificate_id = standing.certificate_id
    {%- if 'suspended' not in statuses %}
    left join undated_suspensions on grounds.certificate_id = undated_suspensions.certificate_id
    left join suspended_throughout on grounds.certificate_id = suspended_throughout.certificate_id
    {%- endif %}
    where (rows_issued.issued_on is not null and first_days.g is not null)
        or (
            not grounds.is_ground_known
            and coalesce(standing.first_day <= coalesce(grounds.ground_until, {{ as_of() }}), rows_issued.issued_on is null)
        )
        -- Issued on a day that could not be read: it may have stood when the ground came.
        or (
            rows_issued.issued_on is null
            and grounds.ground_on <= least({{ as_of() }}, coalesce(grounds.ground_until, {{ as_of() }}))
            and coalesce(ends.ended_on > grounds.ground_on, true)
            {%- if 'suspended' not in statuses %}
            and suspended_throughout.certificate_id is null
            {%- endif %}
        )
),

discovered as (
    select
        *,
        coalesce(first_g, only_day) as g,
        {{ add_days('coalesce(first_g, only_day)', parameter('house_ground_discovery_days', on='first_g')) }} as discovered_by
    from acted
),

measured as (
    select
        *,
        -- Late, it changes nothing but by an inquiry.
        is_act_in_question and (may_be_inquired or earliest_on <= discovered_by) as may_be_acted,
        case when established_on is null then least(acted_on, settled_on) end as done_on,
        case
            when is_inquiry_unreadable or (is_act_in_question and may_be_inquired) then null
            when established_on is not null
                then {{ add_days('greatest(established_on, g)', parameter(act_days, on='g')) }}
            else discovered_by
        end as due_on
    from discovered
),

answered as (
    select
        *,
        coalesce(acted_on, done_on) as observed_on,
        case
            when is_in_question or is_inquiry_unreadable or is_day_unknown or is_status_in_question then 'undetermined'
            when established_on > discovered_by then 'warning'
            when established_on is not null then 'pass'
            when acted_on is null and ground_until < {{ as_of() }} and ground_until <= due_on
                then case when is_act_in_question then 'undetermined' else 'not_applicable' end
            {%- for end in ['revoked', 'cancelled', 'superseded', 'expired'] if end not in ends %}
            when acted_on is null and end_kind = '{{ end }}' and ended_on <= due_on then 'not_applicable'
            {%- endfor %}
            when may_be_acted and (done_on is null or done_on > due_on) then 'undetermined'
            -- From g on until it is due, a warning.
            else {{ deadline_state('due_on', 'done_on', parameter('house_ground_discovery_days')) }}
        end as state
    from measured
)
{%- endmacro %}
