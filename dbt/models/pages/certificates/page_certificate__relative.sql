-- Certificates that belong together: main and branch, one cycle and the next, seen from each of them.
with links as (
    select
        certificate_id,
        parent_certificate_id as other_id,
        'parent' as relation
    from {{ ref('dim_certificate') }}
    union all
    select
        parent_certificate_id as certificate_id,
        certificate_id as other_id,
        'branch' as relation
    from {{ ref('dim_certificate') }}
    union all
    select
        certificate_id,
        previous_certificate_id as other_id,
        'previous' as relation
    from {{ ref('dim_certificate') }}
    union all
    select
        previous_certificate_id as certificate_id,
        certificate_id as other_id,
        'next' as relation
    from {{ ref('dim_certificate') }}
)

select
    links.certificate_id,
    links.relation,
    others.certificate_id as other_id,
    others.status,
    others.issued_on,
    others.expires_on
from links
inner join {{ ref('dim_certificate') }} as others on links.other_id = others.certificate_id
where links.certificate_id is not null
