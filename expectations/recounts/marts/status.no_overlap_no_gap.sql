-- Proves that a certificate has exactly one status on every day from its first interval on: each interval begins on the day
-- after the one before it ends, and only the last is open.
with neighbours as (
    select
        certificate_id,
        from_on,
        to_on,
        lead(from_on) over (partition by certificate_id order by from_on, to_on) as next_from_on
    from batch
)

select certificate_id || '|' || cast(from_on as varchar) as record
from neighbours
where from_on is null
    or to_on < from_on
    or (next_from_on is not null and (to_on is null or next_from_on <> to_on + 1))
