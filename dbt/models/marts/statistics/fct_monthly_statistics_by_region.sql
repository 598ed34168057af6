-- Certificates month by month and region of the client (GB/T 2260), '未记录' where none is recorded.
with flows as (
    select
        flows.*,
        coalesce(organizations.region_code, '未记录') as region_code
    from {{ ref('int_certificate__flow') }} as flows
    inner join {{ ref('stg_organization') }} as organizations on flows.org_id = organizations.org_id
),

statistics as (
    {{ monthly_certificates_by('flows', 'region_code') }}
)

select *
from statistics
