-- Status of every certificate on every day from issue to as_of, as intervals without gap or overlap.
-- On one day the last event by seq decides; the first end cuts what follows.
with issued as (
    select
        certificate_id,
        issued_on,
        ended_on,
        end_kind
    from {{ ref('int_certificate') }}
),

turns as (
    select
        certificate_id,
        effective_on as from_on,
        case event when 'suspended' then 'suspended' else 'valid' end as status
    from {{ ref('stg_certificate_event') }}
    where event in ('suspended', 'restored')
        and effective_on <= {{ as_of() }}
    qualify row_number() over (partition by certificate_id, effective_on order by seq desc) = 1
),

-- A turn dated before the issue decides with which status the certificate begins.
opening as (
    select
        issued.certificate_id,
        issued.issued_on as from_on,
        coalesce(last_turn.status, 'valid') as status
    from issued
    left join (
        select
            turns.certificate_id,
            turns.status
        from turns
        inner join issued as beginnings on turns.certificate_id = beginnings.certificate_id
        where turns.from_on <= beginnings.issued_on
        qualify row_number() over (partition by turns.certificate_id order by turns.from_on desc) = 1
    ) as last_turn on issued.certificate_id = last_turn.certificate_id
),

starts as (
    select
        opening.certificate_id,
        opening.from_on,
        opening.status
    from opening
    inner join issued on opening.certificate_id = issued.certificate_id
    where issued.ended_on is null or issued.ended_on > opening.from_on
    union all
    select
        turns.certificate_id,
        turns.from_on,
        turns.status
    from turns
    inner join issued on turns.certificate_id = issued.certificate_id
    where turns.from_on > issued.issued_on
        and (issued.ended_on is null or turns.from_on < issued.ended_on)
    union all
    select
        certificate_id,
        greatest(ended_on, issued_on) as from_on,
        end_kind as status
    from issued
    where ended_on is not null
),

changes as (
    select *
    from starts
    qualify coalesce(lag(status) over (partition by certificate_id order by from_on) <> status, true)
)

select
    certificate_id,
    status,
    from_on,
    {{ add_days('lead(from_on) over (partition by certificate_id order by from_on)', '-1') }} as to_on
from changes
