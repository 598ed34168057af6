-- 5.6.1 Stage 2 begins within six months of the end of stage 1; while it has not begun, the sixth month is a warning.
with second_stages as (
    select
        application_id,
        bool_or(is_begun and is_itsms and audit_type = 'stage2') as has_begun,
        bool_or((is_begun and is_itsms and audit_type = 'stage2') is null) as may_have_begun
    from {{ ref('int_audit__itsms') }}
    where application_id is not null
    group by application_id
),

refusals as (
    select
        audits.application_id,
        bool_or(decisions.kind = 'refuse' and decisions.decided_on <= {{ as_of() }}) as is_refused,
        bool_or(
            coalesce(decisions.kind = 'refuse', true)
            and (decisions.kind is null or decisions.decided_on is null)
        ) as may_be_refused
    from {{ ref('stg_decision') }} as decisions
    inner join {{ ref('int_audit__itsms') }} as audits on decisions.audit_id = audits.audit_id
    where audits.application_id is not null
    group by audits.application_id
),

pairs as (
    select
        pairs.*,
        pairs.stage2_audit_id is not null or pairs.may_have_other_stage2 as has_stage2,
        pairs.is_itsms and case
            when pairs.stage2_audit_id is not null then true
            when pairs.may_have_other_stage2 then null
            when second_stages.has_begun then false
            when refusals.is_refused then false
            when pairs.review_result = 'rejected'
                and not {{ is_unreadable('reviewed_on', 'pairs') }}
                and coalesce(pairs.reviewed_on, {{ as_of() }}) <= {{ as_of() }} then false
            when pairs.stage1_audit_id is null and not pairs.may_have_other_stage1 then false
            when pairs.stage1_audit_id is null or second_stages.may_have_begun or refusals.may_be_refused then null
            when {{ is_unreadable('review_result', 'pairs') }} then null
            when pairs.review_result = 'rejected' and {{ is_unreadable('reviewed_on', 'pairs') }} then null
            else true
        end as is_judged
    from {{ ref('int_application__gap_pair') }} as pairs
    left join second_stages on pairs.application_id = second_stages.application_id
    left join refusals on pairs.application_id = refusals.application_id
),

judged as (
    select
        *,
        application_id as subject_id,
        case
            when stage2_audit_id is null then {{ as_of() }}
            when not (may_be_other_stage2 and stage2_actual_start >= {{ effective_from('cnca') }}) then stage2_actual_start
        end as anchor_on,
        stage2_actual_start as observed_on,
        {{ add_months('stage1_actual_end', parameter('stage_gap_max_months', on='stage1_actual_end')) }} as latest_on,
        {{ add_months('stage1_actual_end', parameter('stage_gap_warning_months', on='stage1_actual_end')) }} as warned_on
    from pairs
    where {{ in_population('is_judged') }}
),

stated as (
    select
        *,
        case
            when may_be_other_stage1 then 'undetermined'
            when stage1_audit_id is null then 'not_applicable'
            when stage2_audit_id is null and warned_on <= {{ as_of() }} then 'warning'
            when stage2_audit_id is null then 'pass'
            else {{ state_if('observed_on > latest_on') }}
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['observed_on'],
    keys=['application_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('第一阶段结束于 {stage1_actual_end}，第二阶段开始于 {observed_on}，最晚应为 {latest_on}'),
    evidence=['stage1_audit_id', 'stage2_audit_id', 'stage1_actual_end', 'observed_on', 'latest_on']
) }}
