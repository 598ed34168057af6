-- 3.9 An auditor's on-site days in a cycle-year do not exceed 180, over all management systems and clients. Days before the
-- rule was in force count for the warning only.
with judged as (
    select
        person_id,
        person_id as subject_id,
        body_id,
        {{ as_of() }} as anchor_on,
        judged_days as measured,
        rolling_max_days,
        rolling_max_end_on,
        calendar_year_days,
        forecast_max_days,
        {{ parameter('auditor_onsite_days_max') }} as limit_value,
        case when is_stub then '人员没有随数据提供；' when is_open then '有现场日期、人日或角色无法确定的审核；' else '' end as open_zh,
        state
    from {{ ref('int_auditor__workload') }}
)

{{ judgement(
    'judged',
    has=['measured', 'limit_value'],
    keys=['person_id'],
    found=say('{open_zh}周期年内现场审核 {measured:number} 天（含规则实施前 {rolling_max_days:number} 天），上限 {parameter:auditor_onsite_days_max} 天；按计划未来 {parameter:auditor_forecast_horizon_days} 天内最高 {forecast_max_days:number} 天'),
    evidence=['measured', 'rolling_max_days', 'rolling_max_end_on', 'calendar_year_days', 'forecast_max_days']
) }}
