-- 9.1 (2) The social-responsibility report reaches CNCA by the day the authority sets.
with years as (
    select {{ explode_count(year_of(as_of()) ~ ' - ' ~ parameter('annual_report_first_year')) }}
        + {{ parameter('annual_report_first_year') }} as report_year
),

obligations as (
    select
        bodies.body_id,
        cast(years.report_year as {{ dbt.type_string() }}) as period,
        cast(
            cast(years.report_year + 1 as {{ dbt.type_string() }}) || '-'
            || {{ parameter('annual_report_due', on="cast(cast(years.report_year + 1 as " ~ dbt.type_string() ~ ") || '-12-31' as date)") }}
            as date
        ) as due_on
    from {{ ref('stg_certification_body') }} as bodies
    cross join years
),

reports as (
    select
        body_id,
        period,
        min(reported_on) as reported_on
    from {{ ref('int_report__accepted') }}
    where kind = 'social_responsibility_report'
        and coalesce(recipient, 'CNCA') = 'CNCA'
    group by body_id, period
),

judged as (
    select
        obligations.body_id || '|' || obligations.period as subject_id,
        obligations.body_id,
        obligations.due_on as anchor_on,
        obligations.period,
        obligations.due_on,
        reports.reported_on as observed_on
    from obligations
    left join reports
        on obligations.body_id = reports.body_id
        and obligations.period = reports.period
),

stated as (
    select
        *,
        {{ deadline_state('due_on', 'observed_on', parameter('annual_report_horizon_days')) }} as state
    from judged
)

{{ judgement('stated', has=['due_on', 'observed_on'], evidence=['body_id', 'period']) }}
