-- 5.6.1 Stage 2 begins five days after stage 1 ended, or later.
with granted as (
    select distinct audits.application_id
    from {{ ref('stg_decision') }} as decisions
    inner join {{ ref('int_audit__itsms') }} as audits on decisions.audit_id = audits.audit_id
    where decisions.kind = 'grant'
        and decisions.decided_on <= {{ as_of() }}
        and audits.application_id is not null
),

judged as (
    select
        pairs.*,
        pairs.application_id as subject_id,
        -- An earlier stage 2 on an unknown day: nobody knows then whether the rule was in force.
        case
            when not (pairs.may_be_other_stage2 and pairs.stage2_actual_start >= {{ effective_from('cnca') }}) then pairs.stage2_actual_start
        end as anchor_on,
        pairs.is_itsms and case when pairs.stage2_audit_id is not null then true end as is_member,
        pairs.stage2_actual_start as observed_on,
        case when pairs.stage1_audit_id is null then '没有已完成的第一阶段审核' else '第一阶段结束于' end as stage1_zh,
        case
            when pairs.may_be_other_stage1 then 'undetermined'
            when pairs.stage1_audit_id is null and (pairs.kind <> 'initial' or granted.application_id is not null) then 'not_applicable'
            when pairs.stage1_audit_id is null and pairs.kind is null then 'undetermined'
            when pairs.stage1_audit_id is null then 'breach'
            else {{ state_if(
                days_between('pairs.stage1_actual_end', 'pairs.stage2_actual_start')
                ~ ' < ' ~ parameter('stage_gap_min_days', on='pairs.stage2_actual_start')
            ) }}
        end as state
    from {{ ref('int_application__gap_pair') }} as pairs
    left join granted on pairs.application_id = granted.application_id
    where pairs.stage2_audit_id is not null
        or pairs.may_have_other_stage2
)

{{ judgement(
    'judged',
    has=['observed_on'],
    keys=['application_id', 'org_id'],
    abroad='is_abroad',
    member='is_member',
    found=say('{stage1_zh} {stage1_actual_end}，第二阶段开始于 {observed_on}，间隔应不少于 {parameter:stage_gap_min_days@anchor_on} 日'),
    evidence=['kind', 'stage1_audit_id', 'stage2_audit_id', 'stage1_actual_end', 'observed_on']
) }}
