-- The years and months that statistical files speak of. The files are prepared for the reported ones; those
-- before them are there to compare with, and to add up from January.
with {% set years = var('submission_years', 4) | int -%}
{% set oldest = add_months(year_start(submission_first_day()), -12) -%}
numbered_years as (
    select {{ add_months(year_start(as_of()), '-12 * years_ago') }} as first_on, years_ago
    from (select {{ explode_count(years + 1) }} as years_ago) as numbers
),

numbered_months as (
    select {{ add_months(oldest, 'month_no') }} as first_on
    from (
        select {{ explode_count(months_between(oldest, as_of()) ~ ' + 1') }} as month_no
    ) as numbers
),

periods as (
    select
        'year' as length,
        substr(cast(first_on as {{ dbt.type_string() }}), 1, 4) as period,
        first_on,
        {{ add_days(add_months('first_on', 12), -1) }} as last_on,
        years_ago < {{ years }} as is_reported
    from numbered_years
    union all
    select
        'month' as length,
        {{ month_text('first_on') }} as period,
        first_on,
        {{ add_days(add_months('first_on', 1), -1) }} as last_on,
        first_on >= {{ submission_first_day() }} as is_reported
    from numbered_months
)

select
    *,
    least(last_on, {{ as_of() }}) as reported_until
from periods
