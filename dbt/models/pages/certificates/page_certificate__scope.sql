-- Valid ITSMS certificates by business scope; a certificate counts in each of its scopes.
select
    body_id,
    region_code,
    scope_codes,
    scope_code,
    count(*) as certificates
from (
    select
        body_id,
        region_code,
        scope_codes,
        {{ explode_list('scope_codes') }} as scope_code
    from {{ ref('dim_certificate') }}
    where status = 'valid'
        and system = 'ITSMS'
        and scope_codes is not null
) as scopes
group by body_id, region_code, scope_codes, scope_code
