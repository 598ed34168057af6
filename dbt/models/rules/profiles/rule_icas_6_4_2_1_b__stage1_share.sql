-- ICAS 6.4.2.1 3) Stage 1 usually takes a third of the total time at most.
with pairs as (
    select
        *,
        -- Both stages are there, or one of them may be.
        case when stage1_audit_id is not null and stage2_audit_id is not null then is_itsms end as is_member
    from {{ ref('int_application__stage_pair') }}
),

-- The last stages as they are known, and audits that nobody can place (type, status, end or systems) which may come after them.
days as (
    {%- for stage in ['stage1', 'stage2'] %}
    select
        application_id,
        '{{ stage }}' as stage,
        {{ wide_days(stage ~ '_total_days') }} as total_days
    from pairs
    union all
    select
        pairs.application_id,
        '{{ stage }}' as stage,
        {{ wide_days('audits.total_days') }} as total_days
    from pairs
    inner join {{ ref('int_audit__itsms') }} as audits on pairs.application_id = audits.application_id
    where pairs.may_be_other_pair
        and coalesce(audits.audit_type = '{{ stage }}', true)
        and (audits.is_itsms and audits.is_completed and audits.audit_type = '{{ stage }}') is null
        and coalesce(
            audits.actual_end > pairs.{{ stage }}_actual_end
            or (audits.actual_end = pairs.{{ stage }}_actual_end and audits.audit_id > pairs.{{ stage }}_audit_id),
            true
        )
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

shares as (
    select
        ones.application_id,
        bool_or(ones.total_days is null or twos.total_days is null) as is_some_unknown,
        bool_or(ones.total_days * {{ parameter('icas_stage1_share_divisor') }} > ones.total_days + twos.total_days) as is_some_more,
        bool_and(ones.total_days * {{ parameter('icas_stage1_share_divisor') }} > ones.total_days + twos.total_days) as is_every_more
    from days as ones
    inner join days as twos on ones.application_id = twos.application_id
    where ones.stage = 'stage1'
        and twos.stage = 'stage2'
    group by ones.application_id
),

stated as (
    select
        pairs.*,
        pairs.application_id as subject_id,
        pairs.stage2_actual_start as anchor_on,
        {{ wide_days('pairs.stage1_total_days') }} + {{ wide_days('pairs.stage2_total_days') }} as total_days,
        case
            when shares.is_some_unknown or shares.is_some_more <> shares.is_every_more then 'undetermined'
            when shares.is_some_more then 'warning'
            else 'pass'
        end as state
    from pairs
    inner join shares on pairs.application_id = shares.application_id
)

{{ judgement(
    'stated',
    keys=['application_id', 'org_id'],
    member='is_member',
    found=say('第一阶段审核时间 {stage1_total_days:number} 人日，两阶段合计 {total_days:number} 人日，通常不超过 1/{parameter:icas_stage1_share_divisor@anchor_on}'),
    evidence=['stage1_audit_id', 'stage2_audit_id', 'stage1_total_days', 'stage2_total_days']
) }}
