-- 7.2.1 (6) When a surveillance is overdue, the certificate is suspended within five days.
with links as (
    select
        *,
        due_on as surveillance_due_on
    from {{ ref('int_certificate__surveillance_chain') }}
    where state <> 'not_applicable'
        and (done_on is null or done_on > due_on)
),

suspended as (
    select
        links.certificate_id,
        links.n
    from links
    inner join {{ ref('int_certificate__status_interval') }} as statuses
        on links.certificate_id = statuses.certificate_id
        and statuses.status = 'suspended'
        and links.surveillance_due_on >= statuses.from_on
        and (statuses.to_on is null or links.surveillance_due_on <= statuses.to_on)
),

actions as (
    select
        links.certificate_id,
        links.n,
        min(events.effective_on) as acted_on
    from links
    inner join {{ ref('int_certificate__event') }} as events
        on links.certificate_id = events.certificate_id
        and events.event in ('suspended', 'revoked', 'cancelled')
        and events.effective_on > links.surveillance_due_on
    group by links.certificate_id, links.n
),

judged as (
    select
        links.certificate_id || '|' || cast(links.n as {{ dbt.type_string() }}) as subject_id,
        links.body_id,
        links.surveillance_due_on as anchor_on,
        links.certificate_id,
        links.n,
        links.surveillance_due_on,
        {{ add_days('links.surveillance_due_on', parameter('suspension_days', on='links.surveillance_due_on')) }} as due_on,
        case
            when suspended.certificate_id is not null then links.surveillance_due_on
            else least(links.done_on, actions.acted_on, links.ended_on)
        end as observed_on
    from links
    left join suspended
        on links.certificate_id = suspended.certificate_id
        and links.n = suspended.n
    left join actions
        on links.certificate_id = actions.certificate_id
        and links.n = actions.n
),

stated as (
    select
        *,
        case
            when surveillance_due_on >= {{ as_of() }} then 'not_applicable'
            else {{ deadline_state('due_on', 'observed_on', parameter('suspension_horizon_days')) }}
        end as state
    from judged
)

{{ judgement('stated', has=['due_on', 'observed_on'], evidence=['certificate_id', 'n', 'surveillance_due_on']) }}
