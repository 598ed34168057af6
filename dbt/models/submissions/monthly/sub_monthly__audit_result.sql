-- 审核结果信息表: the audits behind the month's certificate rows, and the surveillance and special audits
-- completed in the month, with every member of their teams. Observers are not members of a team.
with behind_rows as (
    select
        certificate_id,
        body_id,
        month,
        audit_id
    from {{ ref('sub_monthly__certificate_row') }}
    where audit_id is not null
    union
    select
        certificate_id,
        body_id,
        month,
        stage1_audit_id as audit_id
    from {{ ref('sub_monthly__certificate_row') }}
    where stage1_audit_id is not null
),

completed_in_month as (
    select
        certificates.certificate_id,
        certificates.body_id,
        {{ month_start('audits.actual_end') }} as month,
        audits.audit_id
    from {{ ref('stg_audit') }} as audits
    inner join {{ ref('int_certificate') }} as certificates on audits.certificate_id = certificates.certificate_id
    where audits.audit_type in ('surveillance', 'special')
        and audits.status = 'completed'
        and audits.actual_end >= {{ submission_first_day() }}
        and audits.actual_end <= {{ as_of() }}
        and {{ is_submitted_system('certificates.system') }}
        and {{ has_submitted_system('audits.systems') }}
),

audited as (
    select
        certificate_id,
        body_id,
        month,
        audit_id,
        true as is_behind_certificate_row
    from behind_rows
    union all
    select
        completed_in_month.*,
        false as is_behind_certificate_row
    from completed_in_month
    left join behind_rows
        on completed_in_month.certificate_id = behind_rows.certificate_id
        and completed_in_month.month = behind_rows.month
        and completed_in_month.audit_id = behind_rows.audit_id
    where behind_rows.audit_id is null
),

members as (
    select
        audited.*,
        certificates.normalised_no as certificate_no,
        certificates.system,
        coalesce(applications.scope_codes, certificates.scope_codes) as scope_codes,
        audits.audit_type,
        audits.actual_start,
        assignments.person_id,
        assignments.role,
        assignments.onsite_start,
        assignments.onsite_end
    from audited
    inner join {{ ref('int_certificate') }} as certificates on audited.certificate_id = certificates.certificate_id
    inner join {{ ref('stg_audit') }} as audits on audited.audit_id = audits.audit_id
    left join {{ ref('stg_application') }} as applications on audits.application_id = applications.application_id
    inner join {{ ref('stg_audit_assignment') }} as assignments on audited.audit_id = assignments.audit_id
    where assignments.role <> 'observer'
),

-- The registration that held when the member's part began; of several, the one valid longest.
registrations as (
    select
        members.audit_id,
        members.person_id,
        members.system,
        registrations.registration_no,
        registrations.grade
    from (
        select distinct
            audit_id,
            person_id,
            system,
            onsite_start
        from members
        where role <> 'technical_expert'
    ) as members
    inner join {{ ref('stg_auditor_registration') }} as registrations
        on members.person_id = registrations.person_id
        and members.system = registrations.system
        and members.onsite_start >= registrations.valid_from
        and members.onsite_start <= registrations.valid_until
    qualify row_number() over (
        partition by members.audit_id, members.person_id, members.system
        order by registrations.valid_until desc, registrations.registration_no asc
    ) = 1
),

member_scopes as (
    select distinct
        audit_id,
        certificate_id,
        person_id,
        onsite_start,
        {{ explode_list('scope_codes') }} as scope_code
    from members
    where role in ('leader', 'auditor')
),

professionals as (
    select distinct
        member_scopes.audit_id,
        member_scopes.certificate_id,
        member_scopes.person_id
    from member_scopes
    inner join {{ ref('stg_auditor_scope') }} as scopes
        on member_scopes.person_id = scopes.person_id
        and member_scopes.scope_code = scopes.scope_code
        and member_scopes.onsite_start >= scopes.granted_on
        and (scopes.expires_on is null or member_scopes.onsite_start <= scopes.expires_on)
    where scopes.capacity = 'auditor'
)

select
    -- keys
    members.body_id,
    members.month,
    members.certificate_id,
    members.audit_id,
    members.person_id,
    members.is_behind_certificate_row,

    -- audit
    bodies.approval_no as body_approval_no,
    members.certificate_no,
    members.audit_type,
    members.onsite_start as onsite_start_on,
    members.onsite_end as onsite_end_on,

    -- member
    persons.name as person_name,
    persons.id_type_code,
    persons.id_number,
    members.role,
    case when members.role = 'technical_expert' then 'technical_expert' else registrations.grade end as qualification,
    -- Auditors by their registration, technical experts by the body's own number.
    case
        when members.role = 'technical_expert' then members.person_id
        else registrations.registration_no
    end as registration_no,
    professionals.person_id is not null as is_professional,
    persons.employment = 'full_time' as is_full_time
from members
inner join {{ ref('stg_certification_body') }} as bodies on members.body_id = bodies.body_id
inner join {{ ref('stg_person') }} as persons on members.person_id = persons.person_id
left join registrations
    on members.audit_id = registrations.audit_id
    and members.person_id = registrations.person_id
    and members.system = registrations.system
left join professionals
    on members.audit_id = professionals.audit_id
    and members.certificate_id = professionals.certificate_id
    and members.person_id = professionals.person_id
