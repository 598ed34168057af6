-- 5.6.3.2 (2), 5.11.3 (12) The client's service objectives are met, or the report describes the gap.
with judged as (
    select
        objectives.audit_id || '|' || objectives.objective as subject_id,
        audits.body_id,
        audits.org_id,
        audits.certificate_id,
        audits.is_abroad,
        audits.actual_start as anchor_on,
        objectives.audit_id,
        objectives.objective,
        objectives.target,
        objectives.actual,
        coalesce(objectives.unit, '') as unit,
        {{ is_completed_itsms(relation='audits') }} as is_judged,
        case objectives.objective
            when 'customer_satisfaction' then '客户满意度'
            when 'timely_response_rate' then '及时响应率'
            when 'incident_resolution_rate' then '事件解决率'
            when 'fault_repair_rate' then '故障修复率'
            else '其他目标'
        end as objective_zh,
        {{ state_if('objectives.actual < objectives.target', 'warning') }} as state
    from {{ ref('stg_service_objective') }} as objectives
    inner join {{ ref('int_audit__itsms') }} as audits on objectives.audit_id = audits.audit_id
    where {{ in_population(is_completed_itsms(relation='audits')) }}
)

{{ judgement(
    'judged',
    keys=['audit_id', 'certificate_id', 'org_id'],
    abroad='is_abroad',
    member='is_judged',
    found=say('{objective_zh}实际 {actual:number}{unit}，目标 {target:number}{unit}'),
    evidence=['audit_id', 'objective', 'target', 'actual', 'unit']
) }}
