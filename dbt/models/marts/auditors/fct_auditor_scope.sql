-- 3.6 Scopes that persons were granted as professional auditors or technical experts, and whether they hold on as_of.
select
    grants.person_id,
    persons.body_id,
    grants.scope_code,
    grants.capacity,
    grants.basis,
    grants.granted_on,
    grants.expires_on,
    grants.granted_on <= {{ as_of() }} and (grants.expires_on is null or grants.expires_on >= {{ as_of() }}) as is_valid,
    cast({{ days_between(as_of(), 'grants.expires_on') }} as integer) as days_left
from {{ ref('stg_auditor_scope') }} as grants
inner join {{ ref('stg_person') }} as persons on grants.person_id = persons.person_id
