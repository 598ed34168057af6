-- The gap pair: the first completed stage 2 and the last completed stage 1 that ended by its start; if every
-- stage 1 ended later, the last of them (a negative gap). An application with one stage only has NULLs for the other.
with stages as (
    select
        application_id,
        audit_type,
        audit_id,
        actual_start,
        actual_end
    from {{ ref('int_audit__completed') }}
    where application_id is not null
        and audit_type in ('stage1', 'stage2')
),

second_stages as (
    select *
    from stages
    where audit_type = 'stage2'
    qualify row_number() over (partition by application_id order by actual_end, audit_id) = 1
),

first_stages as (
    select stages.*
    from stages
    left join second_stages on stages.application_id = second_stages.application_id
    where stages.audit_type = 'stage1'
    qualify row_number() over (
        partition by stages.application_id
        order by
            case when stages.actual_end <= second_stages.actual_start then 0 else 1 end,
            stages.actual_end desc,
            stages.audit_id desc
    ) = 1
)

select
    applications.application_id,
    applications.body_id,
    applications.org_id,
    applications.kind,
    applications.review_result,
    applications.reviewed_on,
    first_stages.audit_id as stage1_audit_id,
    first_stages.actual_start as stage1_actual_start,
    first_stages.actual_end as stage1_actual_end,
    second_stages.audit_id as stage2_audit_id,
    second_stages.actual_start as stage2_actual_start,
    second_stages.actual_end as stage2_actual_end
from {{ ref('stg_application') }} as applications
left join first_stages on applications.application_id = first_stages.application_id
left join second_stages on applications.application_id = second_stages.application_id
where {{ list_has('applications.systems', 'ITSMS') }}
    and (first_stages.audit_id is not null or second_stages.audit_id is not null)
