-- C.3 The line of every certificate: its first row, and the row that stands for it on as_of.
with recursive rows_of_lines as (
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
latest_reissues as (
    select
        certificates.reissue_of,
        certificates.certificate_id
    from {{ ref('int_certificate__decision') }} as certificates
    inner join {{ ref('stg_certificate') }} as reissues on certificates.certificate_id = reissues.certificate_id
    where certificates.reissue_of is not null
        and reissues.issued_on <= {{ as_of() }}
    qualify row_number() over (
        partition by certificates.reissue_of
        order by reissues.issued_on desc, certificates.certificate_id desc
    ) = 1
),

-- The row, or the last one before it that is issued (a day that could not be read is taken for issued).
first_rows as (
    select
        certificate_id,
        row_id
    from rows_of_lines
    where is_earlier
    qualify row_number() over (
        partition by certificate_id
        order by case when coalesce(issued_on <= {{ as_of() }}, true) then 0 else 1 end, steps_back
    ) = 1
),

-- On through reissues that are issued: a reissue of a row that is still to come stands for nothing yet.
followed as (
    select
        certificate_id,
        row_id,
        0 as steps
    from first_rows
    union all
    select
        followed.certificate_id,
        latest_reissues.certificate_id as row_id,
        followed.steps + 1 as steps
    from followed
    inner join latest_reissues on followed.row_id = latest_reissues.reissue_of
),

currents as (
    select
        followed.certificate_id,
        followed.row_id as current_certificate_id
    from followed
    inner join {{ ref('stg_certificate') }} as certificates on followed.row_id = certificates.certificate_id
    where coalesce(certificates.issued_on <= {{ as_of() }}, true)
    qualify row_number() over (partition by followed.certificate_id order by followed.steps desc) = 1
),

-- What the ledger says of a certificate without events could not be read: its status may be any.
in_question as (
    select
        certificates.certificate_id,
        certificates.status_given_on
    from {{ ref('stg_certificate') }} as certificates
    left join (
        select distinct certificate_id
        from {{ ref('stg_certificate_event') }}
    ) as told on certificates.certificate_id = told.certificate_id
    where {{ is_unreadable('status_given', 'certificates') }}
        and told.certificate_id is null
        -- What is stated of a later day has no effect.
        and coalesce(certificates.status_given_on <= {{ as_of() }}, true)
)

select
    firsts.certificate_id,
    firsts.line_id,
    firsts.line_start_on,
    decisions.reissue_of,
    -- NULL: the day of issue could not be read.
    certificates.issued_on <= {{ as_of() }} and replaced.certificate_id is null as is_current_row,
    currents.current_certificate_id,
    in_question.certificate_id is not null as is_status_in_question,
    -- From when on, as the ledger states it; NULL: nobody knows.
    in_question.status_given_on as status_in_question_on
from firsts
inner join {{ ref('int_certificate__decision') }} as decisions on firsts.certificate_id = decisions.certificate_id
inner join {{ ref('stg_certificate') }} as certificates on firsts.certificate_id = certificates.certificate_id
left join replaced on firsts.certificate_id = replaced.certificate_id
left join currents on firsts.certificate_id = currents.certificate_id
left join in_question on firsts.certificate_id = in_question.certificate_id
