-- ICAS 6.7.1.5 A recertification without stage 1 takes 70 % or more of the initial time.
with first_stages as (
    select
        application_id,
        bool_or(is_itsms and is_completed and audit_type = 'stage1') as has_stage1,
        bool_or((is_itsms and is_completed and audit_type = 'stage1') is null) as may_have_stage1
    from {{ ref('int_audit__itsms') }}
    where application_id is not null
        and {{ in_population("is_itsms and is_completed and audit_type = 'stage1'") }}
    group by application_id
),

audits as (
    select
        audits.*,
        {{ is_completed_itsms(['recertification']) }} as is_judged,
        coalesce(first_stages.has_stage1, false) as has_stage1,
        coalesce(first_stages.may_have_stage1, false)
        or {{ is_unreadable('application_id', 'audits') }} as may_have_stage1,
        {{ floor_parts(
            'audits.headcount_effective',
            ['audits.reduction_reason'],
            parameter('icas_recertification_time_percent', on='audits.actual_start'),
            combined='audits.is_combined',
            on='audits.actual_start'
        ) }} as required_parts
    from {{ ref('int_audit__itsms') }} as audits
    left join first_stages on audits.application_id = first_stages.application_id
    where {{ in_population(is_completed_itsms(['recertification'])) }}
),

measured as (
    select
        *,
        audit_id as subject_id,
        actual_start as anchor_on,
        {{ floor_in_half_days('required_parts', whole_percent()) }} as required,
        {{ floor_state('total_days', 'required_parts', whole_percent()) }} as floor
    from audits
),

judged as (
    select
        *,
        case
            when has_stage1 then 'pass'
            when floor <> 'pass' and may_have_stage1 then 'undetermined'
            else floor
        end as state
    from measured
)

{{ judgement(
    'judged',
    keys=['audit_id', 'application_id', 'certificate_id', 'org_id'],
    member='is_judged',
    found=say('有效人数 {headcount_effective}，未安排第一阶段，审核时间 {total_days:number} 人日，要求不少于 {required:number} 人日'),
    evidence=['application_id', 'headcount_effective', 'has_stage1', 'total_days', 'required']
) }}
