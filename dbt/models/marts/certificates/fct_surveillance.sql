-- 5.4.1.4 Every surveillance link of every line of main ITSMS certificates: done, due, overdue, forecast. A client
-- abroad owes none by this rule text (1.3).
with chain as (
    select
        *,
        case when is_member is not null and coalesce(is_abroad, false) then 'not_applicable' else state end as state_on_as_of
    from {{ ref('int_certificate__surveillance_chain') }}
),

links as (
    select
        certificate_id,
        body_id,
        org_id,
        n,
        due_on,
        -- An audit that may be of the chain may have done it too.
        case when not is_in_question then done_on end as done_on,
        audit_id,
        state_on_as_of as state,
        case
            when settled_state = 'pass' and not coalesce(is_abroad, false) then 0
            when settled_state not in ('not_applicable', 'undetermined') and not coalesce(is_abroad, false) and not is_in_question
                then greatest(0, {{ days_between('due_on', 'coalesce(done_on, ' ~ as_of() ~ ')') }})
        end as days_overdue,
        done_on is null and state_on_as_of <> 'not_applicable' as is_open
    from chain
),

distances as (
    select
        *,
        case when is_open then {{ days_between(as_of(), 'due_on') }} end as days_to_due
    from links
)

select
    certificate_id,
    body_id,
    org_id,
    cast(n as integer) as n,
    due_on,
    done_on,
    audit_id,
    state,
    cast(days_overdue as integer) as days_overdue,
    is_open and state = 'breach' as is_overdue,
    case
        when state = 'not_applicable' then 'not_applicable'
        when done_on <= due_on then 'done'
        when done_on is not null then 'done_late'
        when state = 'breach' then 'overdue'
        else 'open'
    end as progress,
    cast(days_to_due as integer) as days_to_due,
    case
        {%- for horizon in surveillance_horizons() %}
        when days_to_due between 0 and {{ horizon.days }} then '{{ horizon.step }}'
        {%- endfor %}
    end as horizon
from distances
