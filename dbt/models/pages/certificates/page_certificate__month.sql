-- ITSMS certificates month by month up to as_of: what each month changes in the number of valid and suspended ones, and
-- the changes by kind. What was before the first month shown is its opening stock: a change without a kind.
with {% set first_on = months_back(parameter('certificate_history_months') ~ ' + 1') -%}
{% set opening = 'flow_on < ' ~ first_on -%}
changes as (
    select
        body_id,
        region_code,
        scope_codes,
        {{ month_text('greatest(flow_on, ' ~ first_on ~ ')') }} as month,
        case when {{ opening }} then 'opening' else flow end as flow,
        valid_change,
        suspended_change,
        1 as flows
    from {{ ref('fct_certificate_flow') }}
    where system = 'ITSMS'
        and flow_on <= {{ as_of() }}
    union all
    -- The month of as_of stands there, whatever has changed in it.
    select
        cast(null as {{ dbt.type_string() }}) as body_id,
        cast(null as {{ dbt.type_string() }}) as region_code,
        cast(null as {{ dbt.type_string() }}) as scope_codes,
        {{ month_text(as_of()) }} as month,
        'opening' as flow,
        0 as valid_change,
        0 as suspended_change,
        0 as flows
)

select
    body_id,
    region_code,
    scope_codes,
    month,
    flow,
    cast(sum(valid_change) as bigint) as valid,
    cast(sum(suspended_change) as bigint) as suspended,
    cast(sum(flows) as bigint) as flows
from changes
group by body_id, region_code, scope_codes, month, flow
