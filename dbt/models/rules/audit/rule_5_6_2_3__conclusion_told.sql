-- 5.6.2.3 The client is told the conclusion of stage 1 before stage 2 begins.
with second_stages as (
    select
        application_id,
        min(case when is_begun and is_itsms and audit_type = 'stage2' then actual_start end) as begun_on,
        bool_or((is_begun and is_itsms and audit_type = 'stage2') is null) as may_have_begun,
        min(case when (is_begun and is_itsms and audit_type = 'stage2') is null then actual_start end) as may_have_begun_on,
        bool_or((is_begun and is_itsms and audit_type = 'stage2') is null and actual_start is null) as may_have_begun_any_day
    from {{ ref('int_audit__itsms') }}
    where application_id is not null
    group by application_id
),

pairs as (
    select
        pairs.*,
        second_stages.begun_on,
        coalesce(second_stages.may_have_begun_any_day, false)
        or coalesce(second_stages.may_have_begun_on < second_stages.begun_on, false) as may_have_begun_before,
        first_stages.stage1_result_told_on,
        {{ is_unreadable('stage1_result_told_on', 'first_stages') }} as is_told_unreadable,
        pairs.is_itsms
        and case when pairs.stage1_audit_id is not null then true end
        and case when second_stages.begun_on is not null then true end as is_judged
    from {{ ref('int_application__gap_pair') }} as pairs
    left join second_stages on pairs.application_id = second_stages.application_id
    left join {{ ref('int_audit') }} as first_stages on pairs.stage1_audit_id = first_stages.audit_id
    where (pairs.stage1_audit_id is not null or pairs.may_have_other_stage1)
        and (second_stages.begun_on is not null or second_stages.may_have_begun)
),

judged as (
    select
        *,
        application_id as subject_id,
        case when not (may_have_begun_before and begun_on >= {{ effective_from('cnca') }}) then begun_on end as anchor_on,
        {{ happened('stage1_result_told_on') }} as observed_on,
        case
            when is_told_unreadable or may_be_other_stage1 then 'undetermined'
            when {{ happened('stage1_result_told_on') }} > begun_on then 'breach'
            when {{ happened('stage1_result_told_on') }} is null then 'warning'
            else 'pass'
        end as state
    from pairs
)

{{ judgement(
    'judged',
    has=['observed_on'],
    keys=['application_id', 'org_id'],
    abroad='is_abroad',
    exempt=not_kept('judged.body_id', 'audit', ['stage1_result_told_on']),
    member='is_judged',
    found=say('第一阶段结论告知于 {observed_on}，第二阶段开始于 {begun_on}'),
    evidence=['stage1_audit_id', 'begun_on', 'observed_on']
) }}
