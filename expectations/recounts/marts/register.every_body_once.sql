-- Proves that every body has its capacity once, and nobody else has one.
select coalesce(bodies.body_id, capacities.body_id) as record
from staging.stg_certification_body as bodies
full join batch as capacities on bodies.body_id = capacities.body_id
group by 1
having count(bodies.body_id) <> 1 or count(capacities.body_id) <> 1
