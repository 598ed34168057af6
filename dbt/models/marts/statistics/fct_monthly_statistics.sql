-- Month by month per body and system: certificates in, out and valid at the month's end; audits completed.
with flows as (
    select
        body_id,
        system,
        {{ month_start('flow_on') }} as month,
        {%- for flow in ['issued', 'renewed', 'suspended', 'restored', 'revoked', 'cancelled', 'expired', 'superseded'] %}
        sum(case when flow = '{{ flow }}' then 1 else 0 end) as {{ flow }},
        {%- endfor %}
        sum(case when valid_change > 0 then 1 else 0 end) as became_valid,
        sum(case when valid_change < 0 then 1 else 0 end) as ceased_valid,
        sum(valid_change) as valid_change
    from {{ ref('int_certificate__flow') }}
    group by body_id, system, {{ month_start('flow_on') }}
),

audit_systems as (
    select
        body_id,
        audit_id,
        audit_type,
        actual_end,
        onsite_days,
        total_days,
        {{ explode_list('systems') }} as system
    from {{ ref('stg_audit') }}
    where status = 'completed'
        and actual_end <= {{ as_of() }}
),

audits as (
    select
        body_id,
        system,
        {{ month_start('actual_end') }} as month,
        {%- for type in ['stage1', 'stage2', 'surveillance', 'recertification', 'special'] %}
        sum(case when audit_type = '{{ type }}' then 1 else 0 end) as audits_{{ type }},
        {%- endfor %}
        -- The contract's days are those for ITSMS.
        sum(case when system = 'ITSMS' then onsite_days end) as onsite_days,
        sum(case when system = 'ITSMS' then total_days end) as total_days
    from audit_systems
    group by body_id, system, {{ month_start('actual_end') }}
),

body_systems as (
    select
        body_id,
        system
    from flows
    union
    select
        body_id,
        system
    from audits
),

grid as (
    select
        body_systems.body_id,
        body_systems.system,
        months.month
    from body_systems
    cross join {{ ref('int_calendar__month') }} as months
),

stocks as (
    select
        grid.*,
        flows.issued,
        flows.renewed,
        flows.suspended,
        flows.restored,
        flows.revoked,
        flows.cancelled,
        flows.expired,
        flows.superseded,
        flows.became_valid,
        flows.ceased_valid,
        coalesce(flows.valid_change, 0) as valid_change,
        sum(coalesce(flows.valid_change, 0)) over (
            partition by grid.body_id, grid.system
            order by grid.month
            rows between unbounded preceding and current row
        ) as valid_at_end
    from grid
    left join flows
        on grid.body_id = flows.body_id
        and grid.system = flows.system
        and grid.month = flows.month
)

select
    stocks.body_id,
    stocks.month,
    stocks.system,
    {%- for flow in ['issued', 'renewed', 'suspended', 'restored', 'revoked', 'cancelled', 'expired', 'superseded', 'became_valid', 'ceased_valid'] %}
    cast(coalesce(stocks.{{ flow }}, 0) as integer) as {{ flow }},
    {%- endfor %}
    cast(stocks.valid_at_end - stocks.valid_change as integer) as valid_at_start,
    cast(stocks.valid_at_end as integer) as valid_at_end,
    {%- for type in ['stage1', 'stage2', 'surveillance', 'recertification', 'special'] %}
    cast(coalesce(audits.audits_{{ type }}, 0) as integer) as audits_{{ type }},
    {%- endfor %}
    cast(audits.onsite_days as decimal(18, 6)) as onsite_days,
    cast(audits.total_days as decimal(18, 6)) as total_days
from stocks
left join audits
    on stocks.body_id = audits.body_id
    and stocks.system = audits.system
    and stocks.month = audits.month
