-- Certificates month by month and business scope (Annex A); a certificate of several scopes counts in each.
with flows as (
    select
        certificate_id,
        body_id,
        system,
        flow_on,
        flow,
        valid_change,
        {{ explode_list("coalesce(scope_codes, '未记录')") }} as scope_code
    from {{ ref('int_certificate__flow') }}
),

statistics as (
    {{ monthly_certificates_by('flows', 'scope_code') }}
)

select *
from statistics
