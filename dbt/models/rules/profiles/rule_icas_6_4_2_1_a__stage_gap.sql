-- ICAS 6.4.2.1 Five to sixty working days lie between stage 1 and stage 2.
with pairs as (
    select
        *,
        {{ add_days('stage1_actual_end', 1) }} as first_day_between,
        stage1_audit_id is not null and stage2_audit_id is not null as has_both
    from {{ ref('int_application__gap_pair') }}
    where (stage1_audit_id is not null or may_have_other_stage1)
        and (stage2_audit_id is not null or may_have_other_stage2)
        -- One audit that nobody can place is not both.
        and (stage1_audit_id is not null or stage2_audit_id is not null or open_audits > 1)
),

judged as (
    select
        pairs.application_id as subject_id,
        pairs.application_id,
        pairs.body_id,
        pairs.org_id,
        pairs.stage2_actual_start as anchor_on,
        pairs.stage1_audit_id,
        pairs.stage2_audit_id,
        pairs.stage1_actual_end,
        pairs.stage2_actual_start,
        pairs.may_be_other_days,
        -- Both stages are there, or one of them may be.
        case when pairs.has_both then pairs.is_itsms end as is_member,
        case
            when pairs.stage2_actual_start <= pairs.stage1_actual_end then 0
            -- Only where every day between is known.
            when last_days.known_day_number - first_days.known_day_number
                = {{ days_between('pairs.first_day_between', 'pairs.stage2_actual_start') }}
                then last_days.working_day_number - first_days.working_day_number
                    + case when first_days.is_working then 1 else 0 end
        end as working_days
    from pairs
    left join {{ ref('int_calendar__working_day') }} as first_days on pairs.first_day_between = first_days.day_on
    left join {{ ref('int_calendar__working_day') }} as last_days on pairs.stage2_actual_start = last_days.day_on
),

stated as (
    select
        *,
        case
            when working_days is null or may_be_other_days then 'undetermined'
            when working_days < {{ parameter('icas_stage_gap_working_days_min', on='anchor_on') }} then 'breach'
            when working_days > {{ parameter('icas_stage_gap_working_days_max', on='anchor_on') }} then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    keys=['application_id', 'org_id'],
    member='is_member',
    found=say('第一阶段结束于 {stage1_actual_end}，第二阶段开始于 {stage2_actual_start}，间隔工作日 {working_days}'),
    evidence=['stage1_audit_id', 'stage2_audit_id', 'stage1_actual_end', 'stage2_actual_start', 'working_days']
) }}
