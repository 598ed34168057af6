-- Annex C The year's running numbers of a body have no hole.
with numbers as (
    select distinct
        body_id,
        {{ year_of('issued_on') }} as issue_year,
        cast(number_sequence as integer) as sequence_no
    from {{ ref('int_certificate__number') }}
    where has_annex_c_form
        and is_main
        and {{ year_of('issued_on') }} >= {{ parameter('number_sequence_first_year') }}
),

steps as (
    select
        *,
        coalesce(lag(sequence_no) over (partition by body_id, issue_year order by sequence_no), 0) as sequence_before
    from numbers
),

holes as (
    select
        body_id,
        issue_year,
        sequence_before + 1
            + {{ explode_count('least(sequence_no - sequence_before - 1, ' ~ parameter('number_holes_listed') ~ ')') }} as missing_no
    from steps
),

listed as (
    select
        body_id,
        issue_year,
        {{ joined_values("lpad(cast(missing_no as " ~ dbt.type_string() ~ "), 5, '0')", '、', 'missing_no') }} as missing_numbers
    from (
        select *
        from holes
        qualify row_number() over (partition by body_id, issue_year order by missing_no)
            <= {{ parameter('number_holes_listed') }}
    ) as first_holes
    group by body_id, issue_year
),

sequences as (
    select
        body_id,
        issue_year,
        max(sequence_no) as last_no,
        max(sequence_no) - count(case when sequence_no > 0 then 1 end) as missing_count
    from numbers
    group by body_id, issue_year
),

judged as (
    select
        sequences.body_id || '|' || cast(sequences.issue_year as {{ dbt.type_string() }}) as subject_id,
        sequences.body_id,
        {{ as_of() }} as anchor_on,
        sequences.issue_year,
        sequences.last_no,
        sequences.missing_count,
        listed.missing_numbers,
        case when sequences.missing_count > 0 then 'warning' else 'pass' end as state
    from sequences
    left join listed
        on sequences.body_id = listed.body_id
        and sequences.issue_year = listed.issue_year
)

{{ judgement(
    'judged',
    found="cast(issue_year as " ~ dbt.type_string() ~ ") || ' 年顺序号至 ' || " ~ shown('last_no') ~ " || '，缺 ' || " ~ shown('missing_count') ~ " || ' 个，如 ' || missing_numbers",
    evidence=['issue_year', 'last_no', 'missing_count', 'missing_numbers']
) }}
