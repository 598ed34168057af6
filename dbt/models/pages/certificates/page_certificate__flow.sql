-- Changes of ITSMS certificates' status in the months shown, one by one.
select
    flows.certificate_id,
    flows.flow_on,
    {{ month_text('flows.flow_on') }} as month,
    flows.flow,
    flows.status_before,
    flows.status,
    certificates.org_name,
    flows.region_code,
    flows.scope_codes,
    certificates.body_name,
    flows.body_id
from {{ ref('fct_certificate_flow') }} as flows
inner join {{ ref('dim_certificate') }} as certificates on flows.certificate_id = certificates.certificate_id
where flows.system = 'ITSMS'
    and flows.flow_on between {{ months_back(parameter('certificate_history_months') ~ ' + 1') }} and {{ as_of() }}
