-- Every obligation to report since its profile is in force: what, about whom, to whom, by which day, and the day on
-- which it was accepted. `is_demanded` leaves out what the rule does not ask for today: months not begun, years not over, and
-- restorations. `can_be_filed` leaves out plans of audits that have begun: they are findings. `prepare_from_on` is the
-- first day on which the file that holds it can be made. `report_key` is how cnca_report names it (int_report__open).
with plans as (
    select
        body_id,
        'cnca' as profile,
        'audit_plan' as kind,
        'audit_plan' as report_kind,
        'R9.2' as rule_id,
        '9.2' as clause,
        'audit' as subject_type,
        audit_id as subject_id,
        cast(null as {{ dbt.type_string() }}) as period,
        'CNCA' as recipient,
        audit_id as report_key,
        start_on as anchor_on,
        due_on,
        reported_on,
        {{ parameter('audit_plan_horizon_days') }} as horizon_days,
        {{ add_days('due_on', '-' ~ parameter('audit_plan_horizon_days')) }} as prepare_from_on,
        false as is_foreseen,
        true as is_demanded,
        is_ahead as can_be_filed
    from {{ ref('int_report__audit_plan_due') }}
    where is_judged
),

results as (
    select
        body_id,
        'cnca' as profile,
        'monthly' as kind,
        'certification_result' as report_kind,
        'R9.3' as rule_id,
        '9.3' as clause,
        'certificate' as subject_type,
        certificate_id as subject_id,
        {{ month_text('issued_on') }} as period,
        'CNCA' as recipient,
        certificate_id as report_key,
        issued_on as anchor_on,
        due_on,
        reported_on,
        {{ parameter('result_report_horizon_days') }} as horizon_days,
        {{ add_months(month_start('issued_on'), 1) }} as prepare_from_on,
        {{ add_months(month_start('issued_on'), 1) }} > {{ as_of() }} as is_foreseen,
        true as is_demanded,
        true as can_be_filed
    from {{ ref('int_report__result_due') }}
),

status_changes as (
    select
        body_id,
        'cnca' as profile,
        'status_change' as kind,
        'status_change' as report_kind,
        case when event <> 'restored' then 'R9.4-a' end as rule_id,
        case when event <> 'restored' then '9.4' else '9.1 (4)' end as clause,
        'event' as subject_type,
        event_id as subject_id,
        cast(null as {{ dbt.type_string() }}) as period,
        'CNCA' as recipient,
        event_id as report_key,
        effective_on as anchor_on,
        due_on,
        reported_on,
        {{ parameter('status_report_horizon_days') }} as horizon_days,
        effective_on as prepare_from_on,
        false as is_foreseen,
        event <> 'restored' as is_demanded,
        true as can_be_filed
    from {{ ref('int_report__status_change_due') }}
),

months as (
    select
        body_id,
        'cnca' as profile,
        'monthly' as kind,
        'monthly_report' as report_kind,
        cast(null as {{ dbt.type_string() }}) as rule_id,
        '9.3' as clause,
        'body' as subject_type,
        body_id as subject_id,
        period,
        'CNCA' as recipient,
        body_id || '|' || period as report_key,
        month as anchor_on,
        due_on,
        reported_on,
        {{ parameter('result_report_horizon_days') }} as horizon_days,
        {{ add_months('month', 1) }} as prepare_from_on,
        is_foreseen,
        month <= {{ as_of() }} as is_demanded,
        true as can_be_filed
    from {{ ref('int_report__monthly_due') }}
),

years as (
    select
        body_id,
        'cnca' as profile,
        case kind when 'annual_work_report' then 'annual' else 'social_responsibility' end as kind,
        kind as report_kind,
        case kind when 'annual_work_report' then 'R9.1-a' else 'R9.1-b' end as rule_id,
        case kind when 'annual_work_report' then '9.1 (1)' else '9.1 (2)' end as clause,
        'body' as subject_type,
        body_id as subject_id,
        period,
        'CNCA' as recipient,
        body_id || '|' || period as report_key,
        due_on as anchor_on,
        due_on,
        reported_on,
        {{ parameter('annual_report_horizon_days') }} as horizon_days,
        {{ year_start('due_on') }} as prepare_from_on,
        is_foreseen,
        not is_foreseen as is_demanded,
        true as can_be_filed
    from {{ ref('int_report__annual_due') }}
),

recipient_months as (
    select
        body_id,
        'zqhx' as profile,
        'monthly_statistics' as kind,
        'monthly_report' as report_kind,
        'ZQHX-3.2.2' as rule_id,
        '3.2.2' as clause,
        'body' as subject_type,
        body_id as subject_id,
        period,
        recipient,
        body_id || '|' || period as report_key,
        month_on as anchor_on,
        due_on,
        reported_on,
        {{ parameter('zqhx_monthly_report_horizon_days') }} as horizon_days,
        {{ add_months('month_on', 1) }} as prepare_from_on,
        is_foreseen,
        not is_foreseen as is_demanded,
        true as can_be_filed
    from {{ ref('int_report__recipient_month_due') }}
),

every as (
    select * from plans
    union all
    select * from results
    union all
    select * from status_changes
    union all
    select * from months
    union all
    select * from years
    union all
    select * from recipient_months
)

select every.*
from every
inner join {{ ref('profile') }} as profiles
    on every.profile = profiles.profile
    and every.anchor_on >= profiles.effective_from
