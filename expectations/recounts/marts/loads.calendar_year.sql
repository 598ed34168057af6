-- Proves that the person-days of the calendar year are the sum of its days up to as_of.
select workloads.person_id as record
from batch as workloads
cross join marts.dim_run as run
left join marts.fct_auditor_day as day_loads
    on workloads.person_id = day_loads.person_id
    and day_loads.day_on between date_trunc('year', run.as_of) and run.as_of
group by workloads.person_id, workloads.calendar_year_days
having coalesce(sum(day_loads.load_days), 0) <> workloads.calendar_year_days
