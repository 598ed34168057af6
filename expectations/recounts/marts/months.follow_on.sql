-- Proves that months follow one another: valid at a month's start is valid at the end of the month before.
with followed as (
    select
        body_id,
        system,
        month,
        valid_at_start,
        lag(valid_at_end, 1, 0) over (partition by body_id, system order by month) as valid_before
    from batch
)

select concat_ws('|', body_id, system, cast(month as varchar)) as record
from followed
where valid_at_start <> valid_before
