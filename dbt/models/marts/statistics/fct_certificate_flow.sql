-- Every certificate's changes of status, and what each does to the number of valid and of suspended ones.
select
    flows.certificate_id,
    flows.body_id,
    flows.org_id,
    coalesce(organizations.region_code, '未记录') as region_code,
    flows.system,
    coalesce(flows.scope_codes, '未记录') as scope_codes,
    flows.flow_on,
    flows.flow,
    flows.status_before,
    flows.status,
    cast(flows.valid_change as integer) as valid_change,
    cast(
        case when flows.status = 'suspended' then 1 else 0 end
        - case when flows.status_before = 'suspended' then 1 else 0 end
        as integer
    ) as suspended_change
from {{ ref('int_certificate__flow') }} as flows
inner join {{ ref('stg_organization') }} as organizations on flows.org_id = organizations.org_id
