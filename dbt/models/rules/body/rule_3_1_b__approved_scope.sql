-- 3.1, 5.2.2 (2) A certificate's business scopes are among those that the body is approved for (today's list).
with scopes as (
    select distinct
        certificate_id,
        body_id,
        org_id,
        system = 'ITSMS' as is_itsms,
        issued_on,
        scope_code
    from (
        select
            *,
            {{ explode_list('scope_codes') }} as scope_code
        from {{ ref('stg_certificate') }}
        where scope_codes is not null
            and not is_stub
            and {{ in_population("system = 'ITSMS'") }}
    ) as exploded
),

-- Table A's code itself, or what a body divides it into (04.03.01).
coded as (
    select
        scopes.*,
        codes.scope_code as table_code
    from scopes
    left join {{ ref('business_scope') }} as codes
        on scopes.scope_code || '.' like codes.scope_code || '.%'
),

judged as (
    select
        coded.*,
        coded.certificate_id || '|' || coded.scope_code as subject_id,
        coded.issued_on as anchor_on,
        bodies.approved_scopes,
        coalesce(clients.is_abroad, false) as is_abroad,
        case
            when ends.ended_on <= {{ as_of() }} then 'not_applicable'
            when bodies.approved_scopes is null or held.is_status_in_question then 'undetermined'
            when coded.table_code is null then 'breach'
            when {{ list_has('bodies.approved_scopes', "' || coded.scope_code || '") }} then 'pass'
            when {{ list_has('bodies.approved_scopes', "' || coded.table_code || '") }} then 'pass'
            else 'breach'
        end as state
    from coded
    left join {{ ref('stg_certification_body') }} as bodies on coded.body_id = bodies.body_id
    left join {{ ref('int_client') }} as clients on coded.org_id = clients.org_id
    left join {{ ref('int_certificate__ended') }} as ends on coded.certificate_id = ends.certificate_id
    left join {{ ref('int_certificate') }} as held on coded.certificate_id = held.certificate_id
)

{{ judgement(
    'judged',
    keys=['certificate_id', 'org_id', 'scope_code'],
    abroad='is_abroad',
    member='is_itsms',
    found=say('证书业务范围 {scope_code}，机构获批业务范围：{approved_scopes}（按今日记录）'),
    evidence=['scope_code', 'approved_scopes']
) }}
