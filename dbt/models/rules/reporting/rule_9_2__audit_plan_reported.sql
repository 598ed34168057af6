-- 9.2 The plan of an on-site audit is reported to CNCA three days before the audit at the latest.
with judged as (
    select
        plans.*,
        plans.audit_id as subject_id,
        plans.start_on as anchor_on,
        plans.reported_on as observed_on,
        coalesce(plans.due_on < bodies.reporting_since, false) as is_before_cut_over,
        case
            when plans.other_day_reported_on is null then ''
            else '；另有一份计划按其他开始日上报于 ' || cast(plans.other_day_reported_on as {{ dbt.type_string() }}) || '，计划变更后应重新上报'
        end as moved_zh,
        case
            when coalesce(bodies.is_stub, true) or {{ is_unreadable('reporting_since', 'bodies') }} then 'undetermined'
            when plans.reported_on <= plans.due_on then 'pass'
            when plans.may_be_reported and {{ add_days('plans.due_on', '-' ~ parameter('audit_plan_horizon_days')) }} <= {{ as_of() }} then 'undetermined'
            else {{ deadline_state('plans.due_on', 'plans.reported_on', parameter('audit_plan_horizon_days')) }}
        end as state
    from {{ ref('int_report__audit_plan_due') }} as plans
    left join {{ ref('stg_certification_body') }} as bodies on plans.body_id = bodies.body_id
)

{{ judgement(
    'judged',
    has=['due_on', 'observed_on'],
    keys=['audit_id', 'org_id'],
    abroad='is_abroad',
    exempt='is_before_cut_over',
    member='is_judged',
    found=say('审核开始日 {start_on}，审核计划应不晚于 {due_on} 上报，上报于 {observed_on}{moved_zh}'),
    evidence=['start_on', 'status', 'other_day_reported_on']
) }}
