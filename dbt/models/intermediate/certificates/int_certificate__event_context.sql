-- 7 What stood before each status event, by (effective_on, seq): the suspension that was open, whether the certificate
-- had ended (by an event in that order; superseded or expired: on an earlier day), and the latest day among the events
-- with a lower seq. By the certificate's own events and end. Where two events of one day have no order of their own,
-- both orders are looked at: NULL where they disagree.
{% set orders = {
    'one': 'effective_on, seq nulls last, event_id',
    'other': 'effective_on, seq nulls first, event_id desc',
} -%}
with events as (
    select *
    from {{ ref('int_certificate__event') }}
    where effective_on is not null
),

placed as (
    {%- for name, order in orders.items() %}
    select
        event_id,
        certificate_id,
        event,
        effective_on,
        own_ended_on,
        row_number() over (partition by certificate_id order by {{ order }}) as place,
        '{{ name }}' as order_name
    from events
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

grouped as (
    select
        *,
        coalesce(sum(case when event = 'restored' then 1 else 0 end) over (
            partition by certificate_id, order_name order by place
            rows between unbounded preceding and 1 preceding
        ), 0) as restored_before,
        coalesce(max(case when event in ('revoked', 'cancelled') then 1 else 0 end) over (
            partition by certificate_id, order_name order by place
            rows between unbounded preceding and 1 preceding
        ), 0) as endings_before
    from placed
),

looked_back as (
    select
        *,
        min(case when event = 'suspended' then place end) over (
            partition by certificate_id, order_name, restored_before order by place
            rows between unbounded preceding and 1 preceding
        ) as suspension_place
    from grouped
),

-- The next event that ends a suspension.
looked_at as (
    select
        *,
        min(case when event in ('restored', 'revoked', 'cancelled') then effective_on end) over (
            partition by certificate_id, order_name order by place
            rows between 1 following and unbounded following
        ) as resolved_on
    from looked_back
),

contexts as (
    select
        looked_at.event_id,
        case when count(looked_at.suspension_place) in (0, count(*)) then count(looked_at.suspension_place) > 0 end as was_suspended,
        case when min(suspensions.event_id) = max(suspensions.event_id) then min(suspensions.event_id) end as suspension_event_id,
        case
            when bool_and(looked_at.endings_before = 1 or coalesce(looked_at.own_ended_on < looked_at.effective_on, false)) then true
            when not bool_or(looked_at.endings_before = 1 or coalesce(looked_at.own_ended_on < looked_at.effective_on, false)) then false
        end as had_ended,
        max(case when looked_at.order_name = 'one' then looked_at.resolved_on end) as resolved_on
    from looked_at
    left join placed as suspensions
        on looked_at.certificate_id = suspensions.certificate_id
        and looked_at.order_name = suspensions.order_name
        and looked_at.suspension_place = suspensions.place
    group by looked_at.event_id
),

-- An event of unknown day may have changed what stood before the others.
undated as (
    select distinct certificate_id
    from {{ ref('int_certificate__event') }}
    where effective_on is null
        and coalesce(event in ('suspended', 'restored', 'revoked', 'cancelled'), true)
        and certificate_id is not null
),

sequenced as (
    select
        *,
        -- Strictly lower: equal numbers say nothing of the order.
        max(effective_on) over (
            partition by certificate_id order by seq
            range between unbounded preceding and 1 preceding
        ) as latest_lower_seq_on,
        max(effective_on) over (partition by certificate_id) as latest_on,
        max(case when seq is null then effective_on end) over (partition by certificate_id) as latest_without_seq_on
    from events
)

select
    sequenced.event_id,
    sequenced.certificate_id,
    sequenced.body_id,
    sequenced.org_id,
    sequenced.seq,
    sequenced.event,
    sequenced.effective_on,
    sequenced.issued_on,
    sequenced.own_ended_on,
    sequenced.own_end_kind,
    sequenced.ended_on,
    sequenced.is_itsms,
    sequenced.is_abroad,
    sequenced.is_certificate_unknown,
    case when sequenced.seq is not null then sequenced.latest_lower_seq_on end as latest_lower_seq_on,
    coalesce(
        case
            when sequenced.seq is null then sequenced.latest_on > sequenced.effective_on
            else sequenced.latest_without_seq_on > sequenced.effective_on
        end,
        false
    ) as is_sequence_unknown,
    contexts.was_suspended,
    contexts.suspension_event_id,
    contexts.had_ended,
    contexts.resolved_on,
    -- 7.4 The same before a cancellation; an event of unknown day may have come before it.
    case
        when contexts.had_ended then false
        when undated.certificate_id is not null then null
        when contexts.had_ended is not null then contexts.was_suspended
        when not contexts.was_suspended then false
    end as is_suspended_before
from sequenced
inner join contexts on sequenced.event_id = contexts.event_id
left join undated on sequenced.certificate_id = undated.certificate_id
