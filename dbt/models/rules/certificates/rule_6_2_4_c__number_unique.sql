-- 6.2.4, C.3, C.5 A number is used once, whatever became of its certificate; the rows of a line share it lawfully, but not
-- a row that was revoked before it was reissued.
with certificates as (
    select
        certificate_id,
        normalised_no,
        body_id,
        issued_on,
        is_abroad,
        is_itsms is null or issued_on is null as is_unsure
    from {{ ref('int_certificate__itsms') }}
    where certificate_no is not null
),

numbers as (
    select
        normalised_no,
        min(body_id) as body_id,
        -- Not known where it hangs on a certificate that may be none of these.
        case
            when max(case when not is_unsure then issued_on end) >= {{ effective_from('cnca') }}
                then max(case when not is_unsure then issued_on end)
            when not bool_or(is_unsure and coalesce(issued_on >= {{ effective_from('cnca') }}, true)) then max(issued_on)
        end as anchor_on,
        bool_and(is_abroad) as is_abroad,
        count(*) as certificate_count,
        count(case when not is_unsure then 1 end) as sure_count
    from certificates
    group by normalised_no
),

shared_numbers as (
    select certificates.*
    from certificates
    inner join numbers
        on certificates.normalised_no = numbers.normalised_no
        and numbers.certificate_count > 1
),

-- Pairs of rows with one number of which one is an earlier row of the other's line.
related as (
    select
        later.normalised_no,
        count(*) as related_pairs,
        count(case when not (later.is_unsure or earlier.is_unsure) then 1 end) as sure_related_pairs,
        count(case when lines.steps_back = 1 and ends.end_kind = 'revoked' and ends.ended_on < later.issued_on then 1 end)
            as reissued_after_revocation
    from shared_numbers as later
    inner join {{ ref('int_certificate__line_row') }} as lines
        on later.certificate_id = lines.certificate_id
        and lines.steps_back > 0
    inner join shared_numbers as earlier
        on lines.row_id = earlier.certificate_id
        and later.normalised_no = earlier.normalised_no
    left join {{ ref('int_certificate__ended') }} as ends on earlier.certificate_id = ends.certificate_id
    group by later.normalised_no
),

ranked as (
    select
        normalised_no,
        certificate_id,
        is_unsure,
        count(*) over earlier_ids as ids_before,
        count(case when not is_unsure then 1 end) over earlier_ids as sure_ids_before
    from shared_numbers
    window earlier_ids as (
        partition by normalised_no order by certificate_id rows between unbounded preceding and 1 preceding
    )
),

-- Names are gathered, and pairs of rows counted, for the few numbers that are used twice.
users as (
    select
        normalised_no,
        {{ joined_values('certificate_id', ';', 'certificate_id') }} as certificate_ids,
        cast(sum(ids_before) as bigint) as pairs,
        cast(sum(case when is_unsure then 0 else sure_ids_before end) as bigint) as sure_pairs
    from ranked
    group by normalised_no
),

counted as (
    select
        numbers.*,
        users.certificate_ids,
        coalesce(users.pairs, 0) - coalesce(related.related_pairs, 0) as strange_pairs,
        coalesce(users.sure_pairs, 0) - coalesce(related.sure_related_pairs, 0) as sure_strange_pairs,
        coalesce(related.reissued_after_revocation, 0) as reissued_after_revocation
    from numbers
    left join users on numbers.normalised_no = users.normalised_no
    left join related on numbers.normalised_no = related.normalised_no
),

judged as (
    select
        *,
        normalised_no as subject_id,
        case
            when sure_strange_pairs > 0 or (reissued_after_revocation > 0 and sure_count > 0) then 'breach'
            when sure_count = 0 or strange_pairs > 0 then 'undetermined'
            else 'pass'
        end as state
    from counted
)

{{ judgement(
    'judged',
    abroad='is_abroad',
    member='nullif(sure_count > 0, false)',
    found="case when sure_strange_pairs = 0 and reissued_after_revocation > 0 then " ~ say('编号 {subject_id} 的证书在撤销后又被换发：{certificate_ids}')
        ~ " when certificate_count > 1 then " ~ say('编号 {subject_id} 用于 {certificate_count} 张证书：{certificate_ids}')
        ~ " else " ~ say('编号 {subject_id} 的证书是否属于 ITSMS 或签发日未知') ~ " end",
    evidence=['certificate_ids', 'strange_pairs', 'reissued_after_revocation']
) }}
