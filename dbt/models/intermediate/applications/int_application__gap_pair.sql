-- The gap pair: the first completed stage 2 and the last completed stage 1 that ended by its start; if every
-- stage 1 ended later, the last of them (a negative gap). An application with one stage only has NULLs for the other.
-- is_placed is NULL where an audit of the application that nobody can place (its type, status, end or systems) may be one;
-- may_be_other_stage1, may_be_other_stage2: where it would take the place of the one that is known. While no stage 2 is
-- completed, the first that has begun says which stage 1 was before it. may_be_other_days: where the days would change too.
with stages as (
    select
        application_id,
        audit_type,
        audit_id,
        actual_start,
        actual_end,
        is_itsms and is_completed and audit_type in ('stage1', 'stage2') as is_stage
    from {{ ref('int_audit__itsms') }}
    where application_id is not null
        and {{ in_population("is_itsms and is_completed and audit_type in ('stage1', 'stage2')") }}
),

second_stages as (
    select *
    from stages
    where is_stage
        and audit_type = 'stage2'
    qualify row_number() over (partition by application_id order by actual_end, audit_id) = 1
),

starts as (
    select
        audits.application_id,
        case when max(second_stages.audit_id) is not null then max(second_stages.actual_start) else min(audits.actual_start) end as start_on
    from {{ ref('int_audit__itsms') }} as audits
    left join second_stages on audits.application_id = second_stages.application_id
    where audits.application_id is not null
        and audits.is_itsms
        and audits.is_begun
        and audits.audit_type = 'stage2'
    group by audits.application_id
),

first_stages as (
    select stages.*
    from stages
    left join starts on stages.application_id = starts.application_id
    where stages.is_stage
        and stages.audit_type = 'stage1'
    qualify row_number() over (
        partition by stages.application_id
        order by
            case when stages.actual_end <= starts.start_on then 0 else 1 end,
            stages.actual_end desc,
            stages.audit_id desc
    ) = 1
),

open_stages as (
    select
        stages.application_id,
        count(*) as open_audits,
        bool_or(coalesce(stages.audit_type, 'stage1') = 'stage1') as may_be_stage1,
        bool_or(coalesce(stages.audit_type, 'stage2') = 'stage2') as may_be_stage2,
        bool_or(
            coalesce(stages.audit_type, 'stage1') = 'stage1'
            and coalesce(case
                when (stages.actual_end <= starts.start_on) = (first_stages.actual_end <= starts.start_on)
                    then stages.actual_end > first_stages.actual_end
                        or (stages.actual_end = first_stages.actual_end and stages.audit_id > first_stages.audit_id)
                else stages.actual_end <= starts.start_on
            end, true)
        ) as may_be_other_stage1,
        bool_or(
            coalesce(stages.audit_type, 'stage2') = 'stage2'
            and coalesce(
                stages.actual_end < second_stages.actual_end
                or (stages.actual_end = second_stages.actual_end and stages.audit_id < second_stages.audit_id),
                true
            )
        ) as may_be_other_stage2,
        bool_or(
            coalesce(stages.audit_type, 'stage1') = 'stage1'
            and coalesce(
                case
                    when first_stages.actual_end <= starts.start_on
                        then stages.actual_end <= starts.start_on and stages.actual_end > first_stages.actual_end
                    else stages.actual_end <= starts.start_on or stages.actual_end > first_stages.actual_end
                end,
                true
            )
        ) as may_be_other_end
    from stages
    left join starts on stages.application_id = starts.application_id
    left join first_stages on stages.application_id = first_stages.application_id
    left join second_stages on stages.application_id = second_stages.application_id
    where stages.is_stage is null
    group by stages.application_id
)

select
    applications.application_id,
    applications.body_id,
    applications.org_id,
    applications.is_abroad,
    applications.kind,
    applications.review_result,
    applications.reviewed_on,
    applications.unreadable_columns,
    first_stages.audit_id as stage1_audit_id,
    first_stages.actual_start as stage1_actual_start,
    first_stages.actual_end as stage1_actual_end,
    second_stages.audit_id as stage2_audit_id,
    second_stages.actual_start as stage2_actual_start,
    second_stages.actual_end as stage2_actual_end,
    coalesce(open_stages.may_be_stage1, false) as may_have_other_stage1,
    coalesce(open_stages.may_be_stage2, false) as may_have_other_stage2,
    coalesce(open_stages.may_be_other_stage1 or open_stages.may_be_other_stage2, false) as may_be_other_stage1,
    coalesce(open_stages.may_be_other_stage2, false) as may_be_other_stage2,
    coalesce(open_stages.may_be_other_end or open_stages.may_be_other_stage2, false) as may_be_other_days,
    coalesce(open_stages.open_audits, 0) as open_audits,
    applications.is_itsms,
    case when open_stages.application_id is not null then null else applications.is_itsms end as is_placed
from {{ ref('int_application') }} as applications
left join first_stages on applications.application_id = first_stages.application_id
left join second_stages on applications.application_id = second_stages.application_id
left join open_stages on applications.application_id = open_stages.application_id
where first_stages.audit_id is not null
    or second_stages.audit_id is not null
    or open_stages.application_id is not null
