-- 3.6 Two professional auditors or more for every scope that a body certifies or is approved for.
with scopes as (
    select
        body_id,
        {{ explode_list('scope_codes') }} as scope_code
    from {{ ref('int_certificate__itsms') }}
    where status = 'valid'
        and scope_codes is not null
    union
    select
        body_id,
        {{ explode_list('approved_scopes') }} as scope_code
    from {{ ref('stg_certification_body') }}
    where approved_scopes is not null
),

holders as (
    select
        auditors.body_id,
        grants.scope_code,
        count(*) as professional_auditors
    from {{ ref('int_auditor__active') }} as auditors
    inner join {{ ref('stg_auditor_scope') }} as grants on auditors.person_id = grants.person_id
    where auditors.system = 'ITSMS'
        and grants.capacity = 'auditor'
        and grants.granted_on <= {{ as_of() }}
        and (grants.expires_on is null or grants.expires_on >= {{ as_of() }})
    group by auditors.body_id, grants.scope_code
),

judged as (
    select
        scopes.body_id || '|' || scopes.scope_code as subject_id,
        scopes.body_id,
        {{ as_of() }} as anchor_on,
        scopes.scope_code,
        coalesce(holders.professional_auditors, 0) as professional_auditors,
        {{ parameter('professional_auditor_min') }} as required
    from scopes
    left join holders
        on scopes.body_id = holders.body_id
        and scopes.scope_code = holders.scope_code
),

stated as (
    select
        *,
        case when professional_auditors < required then 'breach' else 'pass' end as state
    from judged
)

{{ judgement(
    'stated',
    found="'业务范围 ' || scope_code || ' 现有专业领域审核员 ' || " ~ shown_number('professional_auditors') ~ " || ' 名，要求不少于 ' || " ~ shown_number('required') ~ " || ' 名'",
    evidence=['body_id', 'scope_code', 'professional_auditors', 'required']
) }}
