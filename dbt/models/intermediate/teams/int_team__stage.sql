-- 5.4.4.1 One auditor of stage 1 or more audits stage 2 too: of the stage pair, and (is_plan) of the last completed stage 1
-- and the first planned stage 2 that is not over and has a team.
{{ config(materialized='ephemeral') }}
with planned as (
    select *
    from {{ ref('int_team__audit') }}
    where is_plan
        and has_team
        and application_id is not null
        and coalesce(audit_type, 'stage2') = 'stage2'
),

first_planned as (
    select
        application_id,
        audit_id,
        start_on,
        is_judged and audit_type = 'stage2' as is_judged
    from planned
    qualify row_number() over (partition by application_id order by start_on, audit_id) = 1
),

last_stage1 as (
    select
        application_id,
        audit_id,
        {{ is_completed_itsms(['stage1']) }} as is_stage1
    from {{ ref('int_audit__itsms') }}
    where application_id is not null
        and {{ in_population(is_completed_itsms(['stage1'])) }}
    qualify row_number() over (partition by application_id order by actual_end desc nulls last, audit_id desc) = 1
),

pairs as (
    select
        application_id,
        false as is_plan,
        is_paired as is_subject,
        body_id,
        org_id,
        is_abroad,
        stage1_audit_id,
        stage2_audit_id,
        stage2_actual_start as start_on
    from {{ ref('int_application__stage_pair') }}
    union all
    select
        applications.application_id,
        true as is_plan,
        applications.is_itsms and first_planned.is_judged and last_stage1.is_stage1 as is_subject,
        applications.body_id,
        applications.org_id,
        applications.is_abroad,
        last_stage1.audit_id as stage1_audit_id,
        first_planned.audit_id as stage2_audit_id,
        first_planned.start_on
    from {{ ref('int_application') }} as applications
    inner join first_planned on applications.application_id = first_planned.application_id
    inner join last_stage1 on applications.application_id = last_stage1.application_id
),

-- Counted per person instead of joined team to team: people meet on many audits.
members as (
    {%- for stage in ['stage1', 'stage2'] %}
    select
        pairs.application_id,
        pairs.is_plan,
        assignments.person_id,
        '{{ stage }}' as stage,
        assignments.role in ('leader', 'auditor') as is_auditor
    from pairs
    inner join {{ ref('stg_audit_assignment') }} as assignments on pairs.{{ stage }}_audit_id = assignments.audit_id
    where coalesce(assignments.role in ('leader', 'auditor'), true)
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

persons as (
    select
        members.application_id,
        members.is_plan,
        members.person_id,
        case when coalesce(stg_persons.is_stub, true) or count(*) > count(members.is_auditor) then null else true end as is_shared
    from members
    left join {{ ref('stg_person') }} as stg_persons on members.person_id = stg_persons.person_id
    group by members.application_id, members.is_plan, members.person_id, stg_persons.is_stub
    having min(members.stage) <> max(members.stage)
),

shared as (
    select
        application_id,
        is_plan,
        bool_or(is_shared) as is_shared
    from persons
    group by application_id, is_plan
)

select
    pairs.*,
    case
        when shared.is_shared then 'pass'
        when shared.application_id is not null then 'undetermined'
        else 'breach'
    end as team_state
from pairs
left join shared
    on pairs.application_id = shared.application_id
    and pairs.is_plan = shared.is_plan
