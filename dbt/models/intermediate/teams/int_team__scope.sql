-- 5.4.4.1 (2) The ITSMS auditors hold the professional scopes of the client on the day the audit begins.
{{ config(materialized='ephemeral') }}
with codes as (
    select distinct
        audit_id,
        is_plan,
        start_on,
        scope_code
    from (
        select
            audit_id,
            is_plan,
            start_on,
            {{ explode_list('scope_codes') }} as scope_code
        from {{ ref('int_team__audit') }}
        where scope_codes is not null
    ) as exploded
),

-- Which auditor could answer for which code: made distinct first, so that the grants are joined to this and
-- never to the codes or the teams alone, which would be far more rows.
candidates as (
    select
        codes.audit_id,
        codes.is_plan,
        codes.start_on,
        codes.scope_code,
        members.person_id,
        members.is_auditor and members.is_registered_itsms as is_auditor
    from codes
    inner join {{ ref('int_team__qualified') }} as members
        on codes.audit_id = members.audit_id
        and codes.is_plan = members.is_plan
    where {{ in_population('members.is_auditor and members.is_registered_itsms') }}
        and not members.is_stub_person
),

granted as (
    select
        candidates.audit_id,
        candidates.is_plan,
        candidates.scope_code,
        candidates.is_auditor
        and grants.granted_on <= candidates.start_on
        and case
            when {{ is_unreadable('expires_on', 'grants') }} then null
            else grants.expires_on is null or grants.expires_on >= candidates.start_on
        end as is_held
    from candidates
    inner join {{ ref('stg_auditor_scope') }} as grants
        on candidates.person_id = grants.person_id
        and candidates.scope_code = grants.scope_code
    where grants.capacity = 'auditor'
),

held as (
    select
        audit_id,
        is_plan,
        scope_code,
        bool_or(is_held) as is_held,
        bool_or(is_held is null) as may_be_held
    from granted
    group by audit_id, is_plan, scope_code
),

counted as (
    select
        codes.audit_id,
        codes.is_plan,
        count(*) as codes_needed,
        count(case when held.is_held then 1 end) as codes_held,
        count(case when held.is_held or held.may_be_held then 1 end) as codes_at_best
    from codes
    left join held
        on codes.audit_id = held.audit_id
        and codes.is_plan = held.is_plan
        and codes.scope_code = held.scope_code
    group by codes.audit_id, codes.is_plan
)

select
    audits.*,
    counted.codes_needed,
    counted.codes_held,
    audits.is_judged and (not audits.is_plan or audits.has_team) as is_subject,
    case
        when audits.is_combined and audits.registered + audits.may_be_registered = 0 then 'not_applicable'
        when audits.is_combined and audits.registered = 0 then 'undetermined'
        -- Nobody could answer for any code, whichever the application's are: without any, the certificate's stand.
        when audits.is_scope_unknown and audits.has_certificate_scope and audits.registered + audits.may_be_registered + audits.stub_auditors = 0 then 'breach'
        when counted.audit_id is null then 'undetermined'
        when counted.codes_held = counted.codes_needed then 'pass'
        when audits.stub_auditors > 0 then 'undetermined'
        -- A plan that covers none of the codes, or some of them, warns either way.
        when audits.is_plan and counted.codes_at_best < counted.codes_needed then 'warning'
        when counted.codes_held = 0 and counted.codes_at_best > 0 then 'undetermined'
        when counted.codes_held = 0 then 'breach'
        when counted.codes_at_best = counted.codes_needed then 'undetermined'
        else 'warning'
    end as team_state
from {{ ref('int_team__itsms') }} as audits
left join counted
    on audits.audit_id = counted.audit_id
    and audits.is_plan = counted.is_plan
where {{ in_population('audits.is_judged and (not audits.is_plan or audits.has_team)') }}
