-- Proves that valid at the end of the last month is valid in the register of certificates, body by body and system by system.
with counted as (
    select
        body_id,
        system,
        valid_at_end as valid
    from batch
    qualify row_number() over (partition by body_id, system order by month desc) = 1
),

registered as (
    select
        body_id,
        system,
        count(case when status = 'valid' then 1 end) as valid
    from marts.dim_certificate
    group by body_id, system
)

select coalesce(counted.body_id, registered.body_id) || '|' || coalesce(counted.system, registered.system) as record
from counted
full join registered on counted.body_id = registered.body_id and counted.system = registered.system
where coalesce(counted.valid, 0) <> coalesce(registered.valid, 0)
