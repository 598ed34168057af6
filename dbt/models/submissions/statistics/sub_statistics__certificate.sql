-- Certificates in and out of force in every period, and in force at its beginning and end. Certificates of all
-- systems, main and sub-certificates alike, as the monthly statistics count them.
{% set flows = ['issued', 'renewed', 'suspended', 'restored', 'revoked', 'cancelled', 'expired', 'superseded'] -%}
{% set stocks = ['valid', 'on_hold', 'sub_certificates', 'accredited'] -%}
with certificates as (
    select
        certificates.certificate_id,
        certificates.org_id,
        certificates.system,
        certificates.is_itsms,
        certificates.scope_codes,
        case when not certificates.is_main then 1 else 0 end as is_sub,
        case when certificates.accredited then 1 else 0 end as is_accredited,
        {{ client_province('organizations.country_code', 'organizations.region_code') }} as province
    from {{ ref('int_certificate') }} as certificates
    inner join {{ ref('stg_organization') }} as organizations on certificates.org_id = organizations.org_id
),

-- Every heading under which a certificate counts. A certificate of several scopes counts under each.
headings as (
    select
        certificate_id,
        'certificates' as topic,
        'all' as item
    from certificates
    union all
    select
        certificate_id,
        'certificates_by_system' as topic,
        system as item
    from certificates
    union all
    select
        certificate_id,
        'certificates_by_region' as topic,
        province as item
    from certificates
    union all
    select distinct
        certificate_id,
        'certificates_by_scope' as topic,
        {{ explode_list("coalesce(scope_codes, 'unrecorded')") }} as item
    from certificates
    where is_itsms
),

movements as (
    select
        flows.certificate_id,
        flows.body_id,
        {{ month_start('flows.flow_on') }} as month,
        {%- for flow in flows %}
        case when flows.flow = '{{ flow }}' then 1 else 0 end as {{ flow }},
        {%- endfor %}
        -- Issued after its own end: it never came into force.
        case when flows.status_before is null and flows.status not in ('valid', 'suspended') then 1 else 0 end
            as ended_at_issue,
        flows.valid_change as valid,
        case when flows.status = 'suspended' then 1 when flows.status_before = 'suspended' then -1 else 0 end as on_hold,
        flows.valid_change * certificates.is_sub as sub_certificates,
        flows.valid_change * certificates.is_accredited as accredited
    from {{ ref('int_certificate__flow') }} as flows
    inner join certificates on flows.certificate_id = certificates.certificate_id
),

monthly as (
    select
        movements.body_id,
        headings.topic,
        headings.item,
        movements.month,
        {%- for measure in flows + ['ended_at_issue'] + stocks %}
        sum(movements.{{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
        {%- endfor %}
    from movements
    inner join headings on movements.certificate_id = headings.certificate_id
    group by movements.body_id, headings.topic, headings.item, movements.month
),

totals as (
    select
        monthly.body_id,
        periods.period,
        monthly.topic,
        monthly.item,
        {%- for measure in flows + ['ended_at_issue'] %}
        sum(case when monthly.month >= periods.first_on then monthly.{{ measure }} else 0 end) as {{ measure }},
        {%- endfor %}
        {%- for stock in stocks %}
        sum(case when monthly.month < periods.first_on then monthly.{{ stock }} else 0 end) as {{ stock }}_at_start,
        sum(monthly.{{ stock }}) as {{ stock }}_at_end{{ ',' if not loop.last }}
        {%- endfor %}
    from monthly
    inner join {{ ref('sub_statistics__period') }} as periods on monthly.month <= periods.last_on
    group by monthly.body_id, periods.period, monthly.topic, monthly.item
),

-- Clients do not add up over systems: they are counted for themselves, at the end of each year.
valid_at_year_end as (
    select
        certificates.certificate_id,
        certificates.body_id,
        certificates.org_id,
        periods.period
    from {{ ref('int_certificate__status_interval') }} as intervals
    inner join {{ ref('int_certificate') }} as certificates on intervals.certificate_id = certificates.certificate_id
    inner join {{ ref('sub_statistics__period') }} as periods
        on intervals.from_on <= periods.reported_until
        and (intervals.to_on is null or intervals.to_on >= periods.reported_until)
    where periods.length = 'year'
        and intervals.status = 'valid'
),

clients as (
    select
        valid_at_year_end.body_id,
        valid_at_year_end.period,
        headings.topic,
        headings.item,
        count(distinct valid_at_year_end.org_id) as clients_at_end
    from valid_at_year_end
    inner join headings on valid_at_year_end.certificate_id = headings.certificate_id
    where headings.topic in ('certificates', 'certificates_by_system', 'certificates_by_region')
    group by valid_at_year_end.body_id, valid_at_year_end.period, headings.topic, headings.item
),

{% set measures = flows + ['ended_at_issue'] -%}
{%- for stock in stocks -%}{%- do measures.extend([stock ~ '_at_start', stock ~ '_at_end']) -%}{%- endfor -%}
of_certificates as (
    {{ figures_of('totals', measures) }}
),

of_clients as (
    {{ figures_of('clients', ['clients_at_end']) }}
)

select *
from of_certificates
union all
select *
from of_clients
