-- Unbroken suspensions of a certificate, its own and, of a sub-certificate, those of its main one (the current row of
-- its line) together. Days from suspended_on to the day before restored_on (NULL: still); the certificate's end is not looked at.
with spans as (
    select
        certificate_id,
        suspended_on,
        restored_on,
        is_day_unknown,
        earliest_on
    from {{ ref('int_certificate__suspension') }}
    union all
    select
        certificates.certificate_id,
        greatest(suspensions.suspended_on, certificates.issued_on) as suspended_on,
        least(suspensions.restored_on, ends.own_ended_on) as restored_on,
        suspensions.is_day_unknown,
        suspensions.earliest_on
    from {{ ref('stg_certificate') }} as certificates
    inner join {{ ref('int_certificate__line') }} as lines on certificates.parent_certificate_id = lines.certificate_id
    inner join {{ ref('int_certificate__suspension') }} as suspensions
        on lines.current_certificate_id = suspensions.certificate_id
    left join {{ ref('int_certificate__ended') }} as ends on suspensions.certificate_id = ends.certificate_id
    where certificates.parent_certificate_id <> certificates.certificate_id
        and (
            least(suspensions.restored_on, ends.own_ended_on) is null
            or least(suspensions.restored_on, ends.own_ended_on)
            > greatest(suspensions.suspended_on, certificates.issued_on)
        )
),

-- A run begins where no earlier one reaches.
reached as (
    select
        *,
        max(coalesce(restored_on, cast('9999-12-31' as date))) over (
            partition by certificate_id
            order by suspended_on, coalesce(restored_on, cast('9999-12-31' as date))
            rows between unbounded preceding and 1 preceding
        ) as reached_on
    from spans
),

numbered as (
    select
        *,
        sum(case when reached_on >= suspended_on then 0 else 1 end) over (
            partition by certificate_id
            order by suspended_on, coalesce(restored_on, cast('9999-12-31' as date))
            rows between unbounded preceding and current row
        ) as run_no
    from reached
)

select
    certificate_id,
    run_no,
    min(suspended_on) as suspended_on,
    case when count(*) = count(restored_on) then max(restored_on) end as restored_on,
    bool_or(is_day_unknown and restored_on is null) as is_day_unknown,
    min(case when is_day_unknown then earliest_on end) as may_be_since_on
from numbered
group by certificate_id, run_no
