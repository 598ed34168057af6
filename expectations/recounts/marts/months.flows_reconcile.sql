-- Proves that valid at the month's start, plus what became valid, less what ceased to be, is valid at its end; recounted from
-- the intervals of status.
with changes as (
    select
        body_id,
        system,
        date_trunc('month', from_on) as month,
        1 as change
    from marts.fct_certificate_status_interval
    where status = 'valid'
    union all
    select
        body_id,
        system,
        date_trunc('month', to_on + 1) as month,
        -1 as change
    from marts.fct_certificate_status_interval
    where status = 'valid' and to_on is not null
),

moved as (
    select
        body_id,
        system,
        cast(month as date) as month,
        sum(change) as change
    from changes
    group by all
)

select concat_ws('|', months.body_id, months.system, cast(months.month as varchar)) as record
from batch as months
left join moved
    on months.body_id = moved.body_id
    and months.system = moved.system
    and months.month = moved.month
where months.valid_at_start + coalesce(moved.change, 0) <> months.valid_at_end
