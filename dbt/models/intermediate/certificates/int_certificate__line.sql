-- C.3 The line of every certificate: its first row, and the row that stands for it on as_of.
with rows_of_lines as (
    select *
    from {{ ref('int_certificate__line_row') }}
),

replaced as (
    select distinct certificates.reissue_of as certificate_id
    from {{ ref('int_certificate__decision') }} as certificates
    inner join {{ ref('stg_certificate') }} as reissues on certificates.certificate_id = reissues.certificate_id
    where certificates.reissue_of is not null
        and reissues.issued_on <= {{ as_of() }}
),

firsts as (
    select
        certificate_id,
        row_id as line_id,
        issued_on as line_start_on
    from rows_of_lines
    where is_earlier
    qualify row_number() over (partition by certificate_id order by steps_back desc) = 1
),

-- Where a row was reissued twice the latest stands for it.
currents as (
    select
        rows_of_lines.certificate_id,
        rows_of_lines.row_id as current_certificate_id
    from rows_of_lines
    left join replaced on rows_of_lines.row_id = replaced.certificate_id
    where rows_of_lines.issued_on <= {{ as_of() }}
        and replaced.certificate_id is null
    qualify row_number() over (
        partition by rows_of_lines.certificate_id
        order by rows_of_lines.issued_on desc, rows_of_lines.row_id desc
    ) = 1
),

-- What the ledger says of a certificate without events could not be read: its status may be any.
in_question as (
    select certificates.certificate_id
    from {{ ref('stg_certificate') }} as certificates
    left join (
        select distinct certificate_id
        from {{ ref('stg_certificate_event') }}
    ) as told on certificates.certificate_id = told.certificate_id
    where {{ is_unreadable('status_given', 'certificates') }}
        and told.certificate_id is null
)

select
    firsts.certificate_id,
    firsts.line_id,
    firsts.line_start_on,
    decisions.reissue_of,
    -- NULL: the day of issue could not be read.
    certificates.issued_on <= {{ as_of() }} and replaced.certificate_id is null as is_current_row,
    currents.current_certificate_id,
    in_question.certificate_id is not null as is_status_in_question
from firsts
inner join {{ ref('int_certificate__decision') }} as decisions on firsts.certificate_id = decisions.certificate_id
inner join {{ ref('stg_certificate') }} as certificates on firsts.certificate_id = certificates.certificate_id
left join replaced on firsts.certificate_id = replaced.certificate_id
left join currents on firsts.certificate_id = currents.certificate_id
left join in_question on firsts.certificate_id = in_question.certificate_id
