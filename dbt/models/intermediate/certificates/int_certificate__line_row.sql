-- The rows that are one certificate: for every row itself, those that it reissues, back to the first (is_earlier: its
-- line), and those that have reissued it by as_of (its whole line). Two reissues of one row are not rows of one line.
with recursive reissues as (
    select
        decisions.certificate_id,
        decisions.reissue_of,
        certificates.issued_on <= {{ as_of() }} as is_issued
    from {{ ref('int_certificate__decision') }} as decisions
    inner join {{ ref('stg_certificate') }} as certificates on decisions.certificate_id = certificates.certificate_id
    where decisions.reissue_of is not null
),

-- How far back: 1 = the row that was reissued, 2 = the one before ...
backwards as (
    select
        certificate_id,
        reissue_of as row_id,
        1 as steps_back,
        is_issued
    from reissues
    union all
    select
        backwards.certificate_id,
        reissues.reissue_of as row_id,
        backwards.steps_back + 1 as steps_back,
        backwards.is_issued and reissues.is_issued as is_issued
    from backwards
    inner join reissues on backwards.row_id = reissues.certificate_id
),

pairs as (
    select
        certificate_id,
        certificate_id as row_id,
        0 as steps_back
    from {{ ref('int_certificate__decision') }}
    union all
    select
        certificate_id,
        row_id,
        steps_back
    from backwards
    union all
    select
        row_id as certificate_id,
        certificate_id as row_id,
        - steps_back as steps_back
    from backwards
    where is_issued
)

select
    pairs.certificate_id,
    pairs.row_id,
    pairs.steps_back,
    pairs.steps_back >= 0 as is_earlier,
    certificates.issued_on
from pairs
inner join {{ ref('stg_certificate') }} as certificates on pairs.row_id = certificates.certificate_id
