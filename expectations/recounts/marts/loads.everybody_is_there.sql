-- Proves that no person is left out of the workloads.
select persons.person_id as record
from staging.stg_person as persons
left join batch as workloads on persons.person_id = workloads.person_id
where workloads.person_id is null
