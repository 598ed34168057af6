-- One person's load on one day, over all held audits, as far as it is certain.
select
    person_id,
    day_on,
    cast(sum(load_days) as decimal(18, 6)) as load_days,
    count(*) as audit_count,
    {{ joined_values('audit_id', ';', 'audit_id') }} as audit_ids
from {{ ref('int_auditor__load') }}
where is_certain
    and not is_plan
    and day_on is not null
group by person_id, day_on
