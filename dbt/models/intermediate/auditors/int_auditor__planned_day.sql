-- 3.9 What the planned audits would add, day by day; only days after as_of are a plan.
{{ config(materialized='ephemeral') }}
select
    person_id,
    audit_id,
    day_on,
    load_days
from {{ ref('int_auditor__load') }}
where is_certain
    and is_plan
    and day_on is not null
