-- 3.11 From when to when a person is registered for a system without a day between: rows of one system together.
-- is_any_grade: trainees' registrations too. is_possible: rows of which a cell could not be read taken at their widest.
with variants as (
    {%- for any_grade in ['false', 'true'] %}
    select
        person_id,
        system,
        {{ any_grade }} as is_any_grade,
        false as is_possible,
        valid_from,
        valid_until
    from {{ ref('stg_auditor_registration') }}
    where valid_from <= valid_until
        and {{ "grade in ('auditor', 'senior_auditor')" if any_grade == 'false' else 'true' }}
    union all
    select
        person_id,
        system,
        {{ any_grade }} as is_any_grade,
        true as is_possible,
        coalesce(valid_from, cast('1900-01-01' as date)) as valid_from,
        coalesce(valid_until, cast('9999-01-01' as date)) as valid_until
    from {{ ref('stg_auditor_registration') }}
    where coalesce(valid_from <= valid_until, true)
        and {{ "coalesce(grade in ('auditor', 'senior_auditor'), true)" if any_grade == 'false' else 'true' }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

reaching as (
    select
        *,
        max(valid_until) over (
            partition by person_id, system, is_any_grade, is_possible
            order by valid_from, valid_until
            rows between unbounded preceding and 1 preceding
        ) as valid_until_before
    from variants
),

numbered as (
    select
        *,
        sum(case when valid_from <= {{ add_days('valid_until_before', 1) }} then 0 else 1 end) over (
            partition by person_id, system, is_any_grade, is_possible
            order by valid_from, valid_until
            rows between unbounded preceding and current row
        ) as run_no
    from reaching
)

select
    person_id,
    system,
    is_any_grade,
    is_possible,
    min(valid_from) as valid_from,
    max(valid_until) as valid_until
from numbered
group by person_id, system, is_any_grade, is_possible, run_no
