-- 5.4.4.1 (2) The auditors hold the professional scopes of the client on the day the audit begins.
with audits as (
    select
        audits.audit_id,
        audits.body_id,
        audits.actual_start,
        coalesce(applications.scope_codes, certificates.scope_codes) as scope_codes
    from {{ ref('int_audit__completed') }} as audits
    left join {{ ref('stg_application') }} as applications on audits.application_id = applications.application_id
    left join {{ ref('stg_certificate') }} as certificates on audits.certificate_id = certificates.certificate_id
),

codes as (
    select distinct
        audit_id,
        actual_start,
        scope_code
    from (
        select
            audit_id,
            actual_start,
            {{ explode_list('scope_codes') }} as scope_code
        from audits
        where scope_codes is not null
    ) as exploded
),

-- Which auditor could answer for which code: made distinct first, so that the grants are joined to this and
-- never to the codes or the teams alone, which would be far more rows.
candidates as (
    select distinct
        codes.audit_id,
        codes.actual_start,
        codes.scope_code,
        team.person_id
    from codes
    inner join {{ ref('int_audit__team') }} as team on codes.audit_id = team.audit_id
    where team.is_auditor
),

held as (
    select distinct
        candidates.audit_id,
        candidates.scope_code
    from candidates
    inner join {{ ref('stg_auditor_scope') }} as grants
        on candidates.person_id = grants.person_id
        and candidates.scope_code = grants.scope_code
    where grants.capacity = 'auditor'
        and grants.granted_on <= candidates.actual_start
        and (grants.expires_on is null or grants.expires_on >= candidates.actual_start)
),

counted as (
    select
        codes.audit_id,
        count(*) as codes_needed,
        count(held.scope_code) as codes_held
    from codes
    left join held
        on codes.audit_id = held.audit_id
        and codes.scope_code = held.scope_code
    group by codes.audit_id
),

judged as (
    select
        audits.audit_id as subject_id,
        audits.body_id,
        audits.actual_start as anchor_on,
        audits.scope_codes,
        counted.codes_needed,
        counted.codes_held,
        case
            when counted.audit_id is null then 'undetermined'
            when counted.codes_held = 0 then 'breach'
            when counted.codes_held < counted.codes_needed then 'warning'
            else 'pass'
        end as state
    from audits
    left join counted on audits.audit_id = counted.audit_id
)

{{ judgement(
    'judged',
    found="'认证业务范围 ' || " ~ shown('scope_codes') ~ " || '，审核员具备专业能力的有 ' || " ~ shown('codes_held') ~ " || ' 项，共 ' || " ~ shown('codes_needed') ~ " || ' 项'",
    evidence=['scope_codes', 'codes_needed', 'codes_held']
) }}
