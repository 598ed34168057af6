-- Annex C The year's running numbers of a body have no hole.
with numbers as (
    select distinct
        certificates.body_id,
        coalesce(bodies.is_stub, true) as is_stub_body,
        {{ year_of('certificates.issued_on') }} as issue_year,
        cast(certificates.number_sequence as integer) as sequence_no
    from {{ ref('int_certificate__number') }} as certificates
    inner join {{ ref('int_certificate__line') }} as lines on certificates.certificate_id = lines.certificate_id
    left join {{ ref('stg_certification_body') }} as bodies on certificates.body_id = bodies.body_id
    where certificates.has_annex_c_form
        and certificates.is_itsms
        and certificates.is_main
        and lines.reissue_of is null
        and certificates.body_id is not null
        and {{ year_of('certificates.issued_on') }} >= {{ parameter('number_sequence_first_year') }}
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
        bool_or(is_stub_body) as is_stub_body,
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
        cast(sequences.issue_year as {{ dbt.type_string() }}) as period,
        case
            when sequences.is_stub_body then 'undetermined'
            when sequences.missing_count > 0 then 'warning'
            else 'pass'
        end as state
    from sequences
    left join listed
        on sequences.body_id = listed.body_id
        and sequences.issue_year = listed.issue_year
)

{{ judgement(
    'judged',
    keys=['period'],
    found="case when state = 'undetermined' then '认证机构的记录未提供' else "
        ~ say('{issue_year} 年顺序号至 {last_no}，缺 {missing_count} 个，如 {missing_numbers}') ~ " end",
    evidence=['issue_year', 'last_no', 'missing_count', 'missing_numbers']
) }}
