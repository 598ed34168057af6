-- 5.12.3 The initial decision is taken within six months of the last stage 2. A grant without one: R5.6-a reports.
with grants as (
    select
        *,
        kind = 'grant' and is_itsms as is_member
    from {{ ref('int_decision__itsms') }}
    where {{ in_population("kind = 'grant'") }}
),

candidates as (
    select
        grants.decision_id,
        audits.actual_end,
        audits.is_completed
            and audits.is_itsms
            and audits.audit_type = 'stage2'
            and coalesce(audits.actual_end <= grants.decided_on, audits.actual_end is null) as is_stage2
    from grants
    inner join {{ ref('int_audit__itsms') }} as audits on grants.application_id = audits.application_id
    union all
    select
        grants.decision_id,
        audits.actual_end,
        audits.is_completed
            and audits.is_itsms
            and audits.audit_type = 'stage2'
            and coalesce(audits.actual_end <= grants.decided_on, audits.actual_end is null) as is_stage2
    from grants
    inner join {{ ref('int_audit__itsms') }} as audits on grants.audit_id = audits.audit_id
),

second_stages as (
    select
        decision_id,
        max(case when is_stage2 then actual_end end) as stage2_ended_on,
        bool_or(is_stage2 is null) as is_in_question
    from candidates
    where {{ in_population('is_stage2') }}
    group by decision_id
),

judged as (
    select
        grants.decision_id as subject_id,
        grants.decision_id,
        grants.body_id,
        grants.decided_on as anchor_on,
        grants.application_id,
        grants.audit_id,
        grants.has_no_audit,
        grants.is_audit_stub,
        grants.is_abroad,
        grants.is_member,
        coalesce(second_stages.is_in_question, false) as is_stage2_in_question,
        second_stages.stage2_ended_on,
        {{ add_months('second_stages.stage2_ended_on', parameter('initial_decision_months', on='grants.decided_on')) }} as latest_on,
        grants.decided_on as observed_on
    from grants
    left join second_stages on grants.decision_id = second_stages.decision_id
),

stated as (
    select
        *,
        case
            when has_no_audit then 'not_applicable'
            when is_audit_stub then 'undetermined'
            when observed_on <= latest_on then 'pass'
            when is_stage2_in_question then 'undetermined'
            when stage2_ended_on is null then 'not_applicable'
            else 'breach'
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['observed_on'],
    keys=['decision_id', 'application_id', 'audit_id'],
    abroad='is_abroad',
    member='is_member',
    found=say('第二阶段审核结束于 {stage2_ended_on}，决定日 {observed_on}，最晚应为 {latest_on}'),
    evidence=['application_id', 'audit_id', 'stage2_ended_on', 'latest_on', 'observed_on']
) }}
