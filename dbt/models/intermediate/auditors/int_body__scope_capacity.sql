-- 3.6 Professional auditors for every scope that a body has valid ITSMS certificates in or is approved for, on as_of.
with {% set soon = add_days(as_of(), parameter('qualification_horizon_days')) -%}
certified as (
    select
        body_id,
        certificate_id,
        {{ explode_list('scope_codes') }} as scope_code
    from {{ ref('int_certificate__itsms') }}
    where status = 'valid'
        and scope_codes is not null
),

approved as (
    select
        body_id,
        {{ explode_list('approved_scopes') }} as scope_code
    from {{ ref('stg_certification_body') }}
    where approved_scopes is not null
),

scopes as (
    select
        body_id,
        scope_code,
        count(distinct certificate_id) as valid_certificates,
        max(is_approved) as is_approved
    from (
        select
            body_id,
            scope_code,
            certificate_id,
            0 as is_approved
        from certified
        union all
        select
            body_id,
            scope_code,
            null as certificate_id,
            1 as is_approved
        from approved
    ) as found
    group by body_id, scope_code
),

holders as (
    select
        auditors.body_id,
        grants.scope_code,
        count(*) as professional_auditors,
        count(case when grants.expires_on is null or grants.expires_on > {{ soon }} then 1 end) as professional_auditors_lasting
    from {{ ref('int_auditor__active') }} as auditors
    inner join {{ ref('stg_auditor_scope') }} as grants on auditors.person_id = grants.person_id
    where auditors.system = 'ITSMS'
        and grants.capacity = 'auditor'
        and grants.granted_on <= {{ as_of() }}
        and (grants.expires_on is null or grants.expires_on >= {{ as_of() }})
    group by auditors.body_id, grants.scope_code
)

select
    scopes.body_id,
    scopes.scope_code,
    scopes.is_approved = 1 as is_approved,
    scopes.valid_certificates,
    coalesce(holders.professional_auditors, 0) as professional_auditors,
    coalesce(holders.professional_auditors_lasting, 0) as professional_auditors_lasting
from scopes
left join holders
    on scopes.body_id = holders.body_id
    and scopes.scope_code = holders.scope_code
