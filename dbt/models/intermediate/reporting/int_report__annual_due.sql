-- 9.1 Every year's work report and social-responsibility report of every body: the day that the authority
-- sets, and the day on which the report was accepted. The running year's are foreseen: no rule asks for them yet.
with years as (
    select
        {{ explode_count(year_of(as_of()) ~ ' + 1 - ' ~ parameter('annual_report_first_year')) }}
        + {{ parameter('annual_report_first_year') }} as report_year
),

periods as (
    select
        cast(report_year as {{ dbt.type_string() }}) as period,
        report_year >= {{ year_of(as_of()) }} as is_foreseen,
        cast(cast(report_year + 1 as {{ dbt.type_string() }}) || '-12-31' as date) as due_year_end_on,
        cast(report_year + 1 as {{ dbt.type_string() }}) as due_year
    from years
),

kinds as (
    select 'annual_work_report' as kind
    union all
    select 'social_responsibility_report' as kind
),

obligations as (
    select
        bodies.body_id,
        kinds.kind,
        periods.period,
        periods.is_foreseen,
        bodies.is_stub as is_stub_body,
        bodies.reporting_since,
        {{ is_unreadable('reporting_since', 'bodies') }} as is_reporting_since_unknown,
        cast(periods.due_year || '-' || {{ parameter('annual_report_due', on='periods.due_year_end_on') }} as date) as due_on
    from {{ ref('stg_certification_body') }} as bodies
    cross join periods
    cross join kinds
),

reports as (
    select
        body_id,
        kind,
        period,
        min(reported_on) as reported_on,
        min(unsure_on) as unsure_on,
        bool_or(has_unsure_day) as has_unsure_day
    from {{ ref('int_report__accepted') }}
    where coalesce(recipient, 'CNCA') = 'CNCA'
    group by body_id, kind, period
)

select
    obligations.*,
    reports.reported_on,
    reports.unsure_on,
    reports.has_unsure_day
from obligations
left join reports
    on obligations.body_id = reports.body_id
    and obligations.kind = reports.kind
    and obligations.period = reports.period
