-- 5.12.3 The initial decision is taken within six months of the last stage 2.
with grants as (
    select *
    from {{ ref('int_decision__itsms') }}
    where kind = 'grant'
),

second_stages as (
    select
        grants.decision_id,
        max(audits.actual_end) as stage2_ended_on
    from grants
    inner join {{ ref('int_audit__completed') }} as audits
        on grants.application_id = audits.application_id
        and audits.audit_type = 'stage2'
        and audits.actual_end <= grants.decided_on
    group by grants.decision_id
),

judged as (
    select
        grants.decision_id as subject_id,
        grants.body_id,
        grants.decided_on as anchor_on,
        grants.application_id,
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
            when stage2_ended_on is null then 'undetermined'
            when observed_on > latest_on then 'breach'
            else 'pass'
        end as state
    from judged
)

{{ judgement(
    'stated',
    has=['observed_on'],
    found="'第二阶段审核结束于 ' || " ~ shown('stage2_ended_on') ~ " || '，决定日 ' || " ~ shown('observed_on') ~ " || '，最晚应为 ' || " ~ shown('latest_on'),
    evidence=['application_id', 'stage2_ended_on', 'latest_on', 'observed_on']
) }}
