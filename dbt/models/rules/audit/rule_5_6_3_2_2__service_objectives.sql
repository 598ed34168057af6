-- 5.6.3.2 (2), 5.11.3 (12) The client's service objectives are met, or the report describes the gap.
with judged as (
    select
        objectives.audit_id || '|' || objectives.objective as subject_id,
        audits.body_id,
        audits.actual_start as anchor_on,
        objectives.audit_id,
        objectives.objective,
        objectives.target,
        objectives.actual,
        objectives.unit,
        case objectives.objective
            when 'customer_satisfaction' then '客户满意度'
            when 'timely_response_rate' then '及时响应率'
            when 'incident_resolution_rate' then '事件解决率'
            when 'fault_repair_rate' then '故障修复率'
            else '其他目标'
        end as objective_zh,
        case
            when objectives.actual is null then 'undetermined'
            when objectives.actual < objectives.target then 'warning'
            else 'pass'
        end as state
    from {{ ref('stg_service_objective') }} as objectives
    inner join {{ ref('int_audit__completed') }} as audits on objectives.audit_id = audits.audit_id
)

{{ judgement(
    'judged',
    found="objective_zh || '实际 ' || " ~ shown_number('actual') ~ " || coalesce(unit, '') || '，目标 ' || " ~ shown_number('target') ~ " || coalesce(unit, '')",
    evidence=['audit_id', 'objective', 'target', 'actual', 'unit']
) }}
