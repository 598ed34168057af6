-- 3.6 Professional auditors for every scope that a body has valid ITSMS certificates in or is approved for, on as_of.
with {% set soon = add_days(as_of(), parameter('qualification_horizon_days')) -%}
certified as (
    select
        body_id,
        certificate_id,
        is_itsms and issued_on is not null and not is_status_in_question as is_certain,
        {{ explode_list('scope_codes') }} as scope_code
    from {{ ref('int_certificate') }}
    where status = 'valid'
        and scope_codes is not null
        and {{ in_population('is_itsms') }}
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
        count(distinct case when is_certain then certificate_id end) as valid_certificates,
        max(is_approved) as is_approved,
        bool_or(is_certain or is_approved = 1) as is_certain
    from (
        select
            body_id,
            scope_code,
            certificate_id,
            is_certain,
            0 as is_approved
        from certified
        union all
        select
            body_id,
            scope_code,
            null as certificate_id,
            null as is_certain,
            1 as is_approved
        from approved
    ) as found
    group by body_id, scope_code
),

holders as (
    select
        auditors.body_id,
        grants.scope_code,
        auditors.is_certain and grants.granted_on <= {{ as_of() }} and not {{ is_unreadable('expires_on', 'grants') }} as is_certain,
        grants.expires_on is null or grants.expires_on > {{ soon }} as is_lasting
    from {{ ref('int_auditor__active') }} as auditors
    inner join {{ ref('stg_auditor_scope') }} as grants on auditors.person_id = grants.person_id
    where auditors.system = 'ITSMS'
        and grants.capacity = 'auditor'
        and coalesce(grants.granted_on <= {{ as_of() }}, true)
        and (grants.expires_on is null or grants.expires_on >= {{ as_of() }})
),

counted as (
    select
        body_id,
        scope_code,
        count(case when is_certain then 1 end) as professional_auditors,
        count(case when is_certain and is_lasting then 1 end) as professional_auditors_lasting,
        count(*) as possible_auditors
    from holders
    group by body_id, scope_code
)

select
    scopes.body_id,
    scopes.scope_code,
    scopes.is_approved = 1 as is_approved,
    coalesce(scopes.is_certain, false) as is_certain,
    scopes.valid_certificates,
    coalesce(counted.professional_auditors, 0) as professional_auditors,
    coalesce(counted.professional_auditors_lasting, 0) as professional_auditors_lasting,
    coalesce(counted.possible_auditors, 0) as possible_auditors
from scopes
left join counted
    on scopes.body_id = counted.body_id
    and scopes.scope_code = counted.scope_code
