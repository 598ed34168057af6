-- 3.6 Scopes that persons were granted as professional auditors or technical experts, and whether they hold on as_of.
select
    grants.person_id,
    persons.body_id,
    bodies.name as body_name,
    grants.scope_code,
    grants.capacity,
    grants.basis,
    grants.granted_on,
    grants.expires_on,
    grants.granted_on <= {{ as_of() }} and (grants.expires_on is null or grants.expires_on >= {{ as_of() }}) as is_valid,
    cast({{ days_between(as_of(), 'grants.expires_on') }} as integer) as days_left,
    coalesce(active_auditors.person_id is not null, false) as holds
from {{ ref('stg_auditor_scope') }} as grants
inner join {{ ref('stg_person') }} as persons on grants.person_id = persons.person_id
inner join {{ ref('stg_certification_body') }} as bodies on persons.body_id = bodies.body_id
left join (
    select distinct person_id
    from {{ ref('int_auditor__active') }}
    where system = 'ITSMS'
        and is_certain
) as active_auditors on grants.person_id = active_auditors.person_id
