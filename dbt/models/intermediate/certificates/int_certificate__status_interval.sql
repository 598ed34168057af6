-- Status of every certificate on every day from issue to as_of, as intervals without gap or overlap. On one day the
-- last event by seq decides; the first end, own or inherited, cuts what follows.
with issued as (
    select
        certificate_id,
        issued_on,
        ended_on,
        end_kind
    from {{ ref('int_certificate') }}
),

-- A suspension of no whole day is none of the days'.
suspensions as (
    select
        suspensions.certificate_id,
        greatest(suspensions.suspended_on, issued.issued_on) as suspended_on,
        suspensions.restored_on,
        issued.issued_on,
        issued.ended_on
    from {{ ref('int_certificate__suspended') }} as suspensions
    inner join issued on suspensions.certificate_id = issued.certificate_id
    where (suspensions.restored_on is null or suspensions.restored_on > greatest(suspensions.suspended_on, issued.issued_on))
        and (issued.ended_on is null or issued.ended_on > greatest(suspensions.suspended_on, issued.issued_on))
),

starts as (
    select
        issued.certificate_id,
        issued.issued_on as from_on,
        'valid' as status
    from issued
    left join suspensions
        on issued.certificate_id = suspensions.certificate_id
        and issued.issued_on = suspensions.suspended_on
    where suspensions.certificate_id is null
        and (issued.ended_on is null or issued.ended_on > issued.issued_on)
    union all
    select
        certificate_id,
        suspended_on as from_on,
        'suspended' as status
    from suspensions
    union all
    select
        certificate_id,
        restored_on as from_on,
        'valid' as status
    from suspensions
    where restored_on is not null
        and (ended_on is null or restored_on < ended_on)
    union all
    select
        certificate_id,
        ended_on as from_on,
        end_kind as status
    from issued
    where ended_on is not null
)

select
    certificate_id,
    status,
    from_on,
    {{ add_days('lead(from_on) over (partition by certificate_id order by from_on)', '-1') }} as to_on
from starts
