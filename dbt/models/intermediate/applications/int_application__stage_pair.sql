-- The stage pair: an application's last completed stage 1 and last completed stage 2, both there. is_paired is NULL where
-- an audit of the application that nobody can place (its type, status, end or systems) may be one of the two: not one
-- that ended before them.
with stages as (
    select
        *,
        is_itsms and is_completed and audit_type in ('stage1', 'stage2') as is_stage
    from {{ ref('int_audit__itsms') }}
    where application_id is not null
        and {{ in_population("is_itsms and is_completed and audit_type in ('stage1', 'stage2')") }}
),

last_stages as (
    select *
    from stages
    where is_stage
    qualify row_number() over (
        partition by application_id, audit_type order by actual_end desc, audit_id desc
    ) = 1
),

-- Which stages there may be besides.
open_stages as (
    select
        application_id,
        count(*) as open_audits,
        bool_or(coalesce(audit_type, 'stage1') = 'stage1') as may_be_stage1,
        bool_or(coalesce(audit_type, 'stage2') = 'stage2') as may_be_stage2
    from stages
    where is_stage is null
    group by application_id
),

-- One of the two may be another audit, that ended later.
other_pairs as (
    select distinct stages.application_id
    from stages
    inner join last_stages
        on stages.application_id = last_stages.application_id
        and coalesce(stages.audit_type, last_stages.audit_type) = last_stages.audit_type
    where stages.is_stage is null
        and coalesce(
            stages.actual_end > last_stages.actual_end
            or (stages.actual_end = last_stages.actual_end and stages.audit_id > last_stages.audit_id),
            true
        )
),

applications as (
    select *
    from {{ ref('int_application') }}
),

paired as (
    select
        applications.application_id,
        applications.body_id,
        applications.org_id,
        applications.is_abroad,
        applications.kind,
        applications.is_itsms,
        applications.headcount_effective as application_headcount,
        {%- for stage in ['stage1', 'stage2'] %}
        {%- for column in ['audit_id', 'actual_start', 'actual_end', 'total_days', 'onsite_days', 'reduction_reason', 'separate_days_sum', 'is_combined'] %}
        {{ stage }}.{{ column }} as {{ stage }}_{{ column }},
        {%- endfor %}
        {%- endfor %}
        -- The number that was audited, else the one that was applied for; one that could not be read stands for neither.
        case
            when stage2.headcount_effective is not null then stage2.headcount_effective
            when not {{ is_unreadable('headcount_effective', 'stage2') }} then applications.headcount_effective
        end as headcount,
        case
            when other_pairs.application_id is not null or stage1.audit_id is null or stage2.audit_id is null then null
            else applications.is_itsms
        end as is_paired,
        other_pairs.application_id is not null as may_be_other_pair
    from applications
    left join last_stages as stage1
        on applications.application_id = stage1.application_id
        and stage1.audit_type = 'stage1'
    left join last_stages as stage2
        on applications.application_id = stage2.application_id
        and stage2.audit_type = 'stage2'
    left join open_stages on applications.application_id = open_stages.application_id
    left join other_pairs on applications.application_id = other_pairs.application_id
    where (stage1.audit_id is not null or open_stages.may_be_stage1)
        and (stage2.audit_id is not null or open_stages.may_be_stage2)
        -- One audit that nobody can place is not both.
        and (stage1.audit_id is not null or stage2.audit_id is not null or open_stages.open_audits > 1)
)

select *
from paired
