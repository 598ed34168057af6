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

-- Left joins from the codes on: inner ones may be reordered, and codes times grants is far more rows.
held as (
    select
        codes.audit_id,
        codes.scope_code,
        max(case when grants.person_id is null then 0 else 1 end) as is_held
    from codes
    left join {{ ref('int_audit__team') }} as team
        on codes.audit_id = team.audit_id
        and team.is_auditor
    left join {{ ref('stg_auditor_scope') }} as grants
        on team.person_id = grants.person_id
        and codes.scope_code = grants.scope_code
        and grants.capacity = 'auditor'
        and grants.granted_on <= codes.actual_start
        and (grants.expires_on is null or grants.expires_on >= codes.actual_start)
    group by
        codes.audit_id,
        codes.scope_code
),

counted as (
    select
        audit_id,
        count(*) as codes_needed,
        count(case when is_held = 1 then 1 end) as codes_held
    from held
    group by audit_id
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
