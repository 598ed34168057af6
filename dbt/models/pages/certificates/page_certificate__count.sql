-- How many certificates are in which state, by system (ITSMS and all others), region and scope.
select
    body_id,
    coalesce(province_code, '未记录') as province_code,
    region_code,
    region_code is not null as has_region,
    scope_codes,
    status,
    case when system = 'ITSMS' then 'itsms' else 'other' end as system_group,
    count(*) as certificates
from {{ ref('dim_certificate') }}
group by body_id, province_code, region_code, scope_codes, status, case when system = 'ITSMS' then 'itsms' else 'other' end
