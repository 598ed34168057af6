-- 7 What stood before each status event, by (effective_on, seq): whether the certificate was suspended, whether
-- it had ended (by an event in that order; superseded or expired: on an earlier day), and the latest day
-- among the events with a lower seq.
with events as (
    select
        *,
        row_number() over (partition by certificate_id order by effective_on, seq) as place
    from {{ ref('int_certificate__event') }}
),

looked_back as (
    select
        *,
        -- The last suspension or restoration before: even = restored, odd = suspended.
        max(case event when 'suspended' then 2 * place + 1 when 'restored' then 2 * place end) over (
            partition by certificate_id order by effective_on, seq
            rows between unbounded preceding and 1 preceding
        ) as last_turn,
        max(case when event in ('revoked', 'cancelled') then 1 else 0 end) over (
            partition by certificate_id order by effective_on, seq
            rows between unbounded preceding and 1 preceding
        ) as endings_before,
        max(effective_on) over (
            partition by certificate_id order by seq
            rows between unbounded preceding and 1 preceding
        ) as latest_lower_seq_on
    from events
)

select
    event_id,
    certificate_id,
    body_id,
    seq,
    event,
    effective_on,
    issued_on,
    ended_on,
    end_kind,
    latest_lower_seq_on,
    coalesce(last_turn % 2, 0) = 1 as was_suspended,
    coalesce(endings_before, 0) = 1 or coalesce(ended_on < effective_on, false) as had_ended
from looked_back
