-- 3.11, 4.2, 4.3 An auditor is registered for a system of the audit on every day of the assignment.
with members as (
    select
        audit_id,
        person_id,
        body_id,
        role,
        systems,
        role = 'trainee' as is_trainee,
        onsite_start,
        greatest(onsite_start, onsite_end) as onsite_end,
        actual_start
    from {{ ref('int_audit__team') }}
    where role in ('leader', 'auditor', 'trainee')
),

demanded as (
    select distinct
        person_id,
        systems,
        is_trainee
    from members
),

demanded_systems as (
    select
        *,
        {{ explode_list('systems') }} as system
    from demanded
),

registrations as (
    select distinct
        demanded_systems.person_id,
        demanded_systems.systems,
        demanded_systems.is_trainee,
        registrations.valid_from,
        registrations.valid_until
    from demanded_systems
    inner join {{ ref('stg_auditor_registration') }} as registrations
        on demanded_systems.person_id = registrations.person_id
        and demanded_systems.system = registrations.system
    where registrations.valid_from <= registrations.valid_until
        and (demanded_systems.is_trainee or registrations.grade in ('auditor', 'senior_auditor'))
),

reaching as (
    select
        *,
        max(valid_until) over (
            partition by person_id, systems, is_trainee
            order by valid_from, valid_until
            rows between unbounded preceding and 1 preceding
        ) as valid_until_before
    from registrations
),

-- Registrations that leave no day open between them make one run.
numbered as (
    select
        *,
        sum(case when valid_from <= {{ add_days('valid_until_before', 1) }} then 0 else 1 end) over (
            partition by person_id, systems, is_trainee
            order by valid_from, valid_until
            rows between unbounded preceding and current row
        ) as run_no
    from reaching
),

runs as (
    select
        person_id,
        systems,
        is_trainee,
        min(valid_from) as valid_from,
        max(valid_until) as valid_until
    from numbered
    group by person_id, systems, is_trainee, run_no
),

judged as (
    select
        members.*,
        members.audit_id || '|' || members.person_id as subject_id,
        members.actual_start as anchor_on,
        case when runs.person_id is null then 'breach' else 'pass' end as state
    from members
    left join runs
        on members.person_id = runs.person_id
        and members.systems = runs.systems
        and members.is_trainee = runs.is_trainee
        and members.onsite_start >= runs.valid_from
        and members.onsite_end <= runs.valid_until
)

{{ judgement(
    'judged',
    found="'现场审核 ' || cast(onsite_start as " ~ dbt.type_string() ~ ") || ' 至 ' || cast(onsite_end as " ~ dbt.type_string() ~ ") || ' 期间，没有连续有效的注册资格（体系 ' || systems || '）'",
    evidence=['audit_id', 'person_id', 'role', 'systems', 'onsite_start', 'onsite_end']
) }}
