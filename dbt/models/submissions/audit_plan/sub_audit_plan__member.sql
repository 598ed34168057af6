-- The teams of the plans: leader, auditors, trainees, experts, in the order in which the form lists them.
-- Observers are no members of a team.
with members as (
    select
        plans.audit_id,
        plans.body_id,
        plans.systems,
        assignments.person_id,
        assignments.role,
        assignments.onsite_start
    from {{ ref('sub_audit_plan__audit') }} as plans
    inner join {{ ref('stg_audit_assignment') }} as assignments on plans.audit_id = assignments.audit_id
    where assignments.role <> 'observer'
),

-- The registration for one of the audit's systems that holds when the member's part begins: for a submitted
-- system if there is one, and of several the one valid longest.
registrations as (
    select
        members.audit_id,
        members.person_id,
        registrations.registration_no
    from members
    inner join {{ ref('stg_auditor_registration') }} as registrations
        on members.person_id = registrations.person_id
        and members.onsite_start >= registrations.valid_from
        and members.onsite_start <= registrations.valid_until
    where (';' || members.systems || ';') like ('%;' || registrations.system || ';%')
    qualify row_number() over (
        partition by members.audit_id, members.person_id
        order by
            case when {{ is_submitted_system('registrations.system') }} then 0 else 1 end,
            registrations.valid_until desc,
            registrations.registration_no asc
    ) = 1
)

select
    members.audit_id,
    members.body_id,
    members.person_id,
    members.role,
    row_number() over (
        partition by members.audit_id
        order by
            case members.role when 'leader' then 1 when 'auditor' then 2 when 'trainee' then 3 else 4 end,
            members.person_id
    ) as member_no,
    registrations.registration_no,
    persons.name as person_name,
    persons.id_type_code,
    persons.id_number,
    persons.phone
from members
inner join {{ ref('stg_person') }} as persons on members.person_id = persons.person_id
left join registrations
    on members.audit_id = registrations.audit_id
    and members.person_id = registrations.person_id
