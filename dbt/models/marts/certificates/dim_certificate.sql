-- The register of certificates on as_of. A certificate whose body or client could not be read stays in it.
with next_surveillances as (
    select
        certificate_id,
        min(due_on) as next_surveillance_due_on
    from {{ ref('int_certificate__surveillance_chain') }}
    where done_on is null
        and state <> 'not_applicable'
    group by certificate_id
)

select
    certificates.certificate_id,
    certificates.certificate_no,
    certificates.body_id,
    bodies.name as body_name,
    certificates.org_id,
    organizations.name as org_name,
    organizations.region_code,
    substr(organizations.region_code, 1, 2) as province_code,
    certificates.system,
    certificates.standard,
    certificates.scope_codes,
    certificates.scope_text,
    certificates.issued_on,
    certificates.expires_on,
    certificates.first_certified_on,
    certificates.cycle_no,
    certificates.is_main,
    certificates.parent_certificate_id,
    certificates.previous_certificate_id,
    certificates.accredited as is_accredited,
    certificates.status,
    certificates.status in ('valid', 'suspended') as is_in_force,
    certificates.status_since,
    certificates.ended_on,
    next_surveillances.next_surveillance_due_on
from {{ ref('int_certificate') }} as certificates
left join {{ ref('stg_certification_body') }} as bodies on certificates.body_id = bodies.body_id
left join {{ ref('stg_organization') }} as organizations on certificates.org_id = organizations.org_id
left join next_surveillances on certificates.certificate_id = next_surveillances.certificate_id
-- One whose day of issue could not be read is in no register: landing lists it.
where certificates.issued_on is not null
