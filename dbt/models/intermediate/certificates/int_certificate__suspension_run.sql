-- Runs of suspended / restored events of one kind, in the order (effective_on, seq).
with events as (
    select
        certificate_id,
        event,
        effective_on,
        seq,
        lag(event) over (partition by certificate_id order by effective_on, seq) as event_before
    from {{ ref('stg_certificate_event') }}
    where event in ('suspended', 'restored')
        and effective_on <= {{ as_of() }}
),

numbered as (
    select
        *,
        sum(case when event = event_before then 0 else 1 end) over (
            partition by certificate_id
            order by effective_on, seq
            rows between unbounded preceding and current row
        ) as run_no
    from events
)

select
    certificate_id,
    run_no,
    event,
    min(effective_on) as started_on
from numbered
group by certificate_id, run_no, event
