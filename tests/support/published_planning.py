"""The marts of the planning pages (surveillance to be done, workload, capacity) for the hand-made warehouse.

Planted: a person who passes the limit on a day to come, a day on which that person is planned twice, a scope with one
professional auditor, a surveillance that is overdue, unplanned and falls to somebody who has left.
"""

# ruff: noqa: E501 - the long lines are SQL
from __future__ import annotations

PLANTED_PERSON = "P0006"
PLANTED_CROSSING = "2027-01-12"
PLANTED_OVERLAP = "2026-12-01"
PLANTED_SCOPE = "06.02"
PLANTED_LEADER = "P-LEFT"

PLANNING_SQL = f"""
create table marts.fct_surveillance_open as
select links.certificate_id, links.body_id, certificates.body_name, links.org_id, links.n, links.due_on,
    strftime(links.due_on, '%Y-%m') as due_month, links.is_overdue,
    case when links.is_overdue then links.days_overdue end as days_overdue,
    case when not links.is_overdue then links.days_to_due end as days_to_due,
    case when links.is_overdue then 'overdue' else links.horizon end as horizon,
    certificates.certificate_no, certificates.org_name, certificates.region_code,
    substr(certificates.region_code, 1, 2) as province_code, certificates.scope_codes, certificates.status,
    certificates.status in ('valid', 'suspended') as is_in_force, certificates.expires_on,
    cast(null as varchar) as branch_name,
    case when luck > 3 then 'A' || links.certificate_id end as planned_audit_id,
    case when luck > 3 then links.due_on + case luck when 4 then 10 else -20 end end as planned_start,
    case when luck > 3 then links.due_on + case luck when 4 then 11 else -18 end end as planned_end,
    case when luck = 4 or (luck > 3 and links.is_overdue) then 'late' when luck > 3 then 'in_time' else 'none' end as plan_state,
    'P' || lpad(cast(luck + 1 as varchar), 4, '0') as leader_id,
    case luck when 9 then 'part_time' else 'full_time' end as leader_group
from (select *, hash(certificate_id || 'plan') % 10 as luck from marts.fct_surveillance) as links
inner join marts.dim_certificate as certificates on links.certificate_id = certificates.certificate_id
where links.is_overdue or links.horizon is not null;

update marts.fct_surveillance_open
set planned_audit_id = null, planned_start = null, planned_end = null, plan_state = 'none',
    leader_id = '{PLANTED_LEADER}', leader_group = 'inactive'
where certificate_id = (
    select min(certificate_id) from marts.fct_surveillance_open where is_overdue and is_in_force
) and is_overdue;

update marts.fct_surveillance_open
set plan_look = case when plan_state <> 'none' then plan_state when horizon in ('overdue', 'near') then 'none_urgent' else 'none_later' end,
    due_look = case when not is_overdue then 'coming' when is_in_force then 'overdue' else 'overdue_ended' end;

create table marts.fct_auditor_crossing as
select *, date '2026-11-15' as as_of, (select name from marts.dim_certification_body as b where b.body_id = made.body_id) as body_name
from (
select '{PLANTED_PERSON}' as person_id, 'B1' as body_id, unnest(['warning', 'limit']) as level,
    cast(unnest([160, 180]) as decimal(18, 6)) as level_days, unnest([date '2026-09-30', date '{PLANTED_CROSSING}']) as crossed_on,
    cast(unnest([160.5, 181]) as decimal(18, 6)) as window_days, unnest([false, true]) as is_forecast, false as is_earlier
union all
select 'P0001', 'B2', unnest(['warning', 'limit']), cast(unnest([160, 180]) as decimal(18, 6)), date '2025-11-16',
    cast(192.5 as decimal(18, 6)), false, true
) as made;

create table marts.fct_auditor_overlap as
select *, person_id || '|' || cast(day_on as varchar) as subject_id,
    (select name from marts.dim_certification_body as b where b.body_id = made.body_id) as body_name
from (
select '{PLANTED_PERSON}' as person_id, 'B1' as body_id, date '{PLANTED_OVERLAP}' as day_on,
    cast(2 as decimal(18, 6)) as load_days, cast(2 as decimal(18, 6)) as planned_days, cast(1 as decimal(18, 6)) as limit_days,
    2 as audit_count, 'A0000001;A0000002' as audit_ids, true as is_planned
union all
select 'P0002', 'B1', date '2026-05-06', cast(1.5 as decimal(18, 6)), cast(0 as decimal(18, 6)), cast(1 as decimal(18, 6)),
    2, 'A0000003;A0000004', false
) as made;

create table marts.fct_auditor_workload_path as
with days as (
    select cast(date '2025-12-01' + to_months(cast(m as integer)) as date) as month from range(0, 18) as t (m)
)
select people.person_id, people.body_id, days.month,
    case when days.month = date '2026-11-01' then date '2026-11-15' else last_day(days.month) end as day_on,
    cast(people.rolling_max_days * (0.8 + 0.02 * month(days.month)) as decimal(18, 6)) as window_days,
    cast(case when days.month <= date '2026-11-01' then people.rolling_max_days / 12 else 0 end as decimal(18, 6)) as done_days,
    cast(case when days.month > date '2026-11-01' then 2 else 0 end as decimal(18, 6)) as planned_days,
    days.month > date '2026-11-01' as is_forecast
from days, marts.fct_auditor_workload as people;

create schema staging;
create table staging.stg_person as select person_id, '人' || person_id as name from marts.fct_auditor_workload;

create table staging.stg_body_document as
select 'B1' as body_id, '3.3' as clause, date '2027-06-30' as valid_until, false as is_stub;

create table marts.fct_auditor_assignment as
select '{PLANTED_PERSON}' as person_id, 'A000000' || i as audit_id, 'B1' as body_id, 'surveillance' as audit_type,
    'ITSMS;ISMS' as systems, case when i < 3 then 'planned' else 'completed' end as status, 'O000000' || i as org_id,
    'C000000' || i as certificate_id, 'leader' as role, case when i < 3 then date '2026-12-01' else date '2026-05-05' end as onsite_start,
    case when i < 3 then date '2026-12-02' else date '2026-05-06' end as onsite_end, cast(2 as decimal(18, 6)) as onsite_days,
    true as is_counted
from range(1, 5) as t (i);

create table marts.fct_auditor_scope as
select '{PLANTED_PERSON}' as person_id, 'B1' as body_id, unnest(['04.03', '06.02']) as scope_code, 'auditor' as capacity,
    'project' as basis, date '2020-01-01' as granted_on, unnest([null, date '2026-12-31']) as expires_on, true as is_valid,
    unnest([null, 46]) as days_left, true as holds, '北方认证有限公司' as body_name;

create table if not exists marts.fct_auditor_registration as
select '{PLANTED_PERSON}' as person_id, 'B1' as body_id, unnest(['ITSMS', 'ISMS']) as system,
    unnest(['N-IT-1', 'N-IS-1']) as registration_no, 'auditor' as grade, date '2024-01-01' as valid_from,
    unnest([date '2026-12-31', date '2028-12-31']) as valid_until, true as is_person_active, true as is_valid,
    true as is_active_auditor, false as has_later, unnest([46, 777]) as days_left,
    '北方认证有限公司' as body_name, 'full_time' as employment, unnest(['itsms', 'other']) as system_group,
    unnest([true, false]) as is_expiring, unnest(['2026-12', '2028-12']) as valid_until_month;

create table if not exists marts.dim_person as
select person_id, body_id, employment, date '2020-01-01' as joined_on, cast(null as date) as left_on, true as is_active,
    'auditor' as itsms_grade
from marts.fct_auditor_workload;

create table marts.fct_scope_capacity as
select body_id, name as body_name, body_id || '|' || scope_code as subject_id, scope_code, true as is_approved, 40 as valid_certificates,
    case when body_id = 'B1' and scope_code = '{PLANTED_SCOPE}' then 1 else 3 end as professional_auditors,
    case when body_id = 'B1' and scope_code = '{PLANTED_SCOPE}' then 0 when scope_code = '04.02' then 1 else 3 end as professional_auditors_lasting, cast(professional_auditors - professional_auditors_lasting as integer) as expiring,
    2 as required_auditors,
    case when body_id = 'B1' and scope_code = '{PLANTED_SCOPE}' then 'breach' when scope_code = '04.02' then 'warning' else 'pass' end as state
from marts.dim_certification_body, (select unnest(['04.01', '04.02', '04.03', '{PLANTED_SCOPE}']) as scope_code) as scopes;

create table marts.fct_body_capacity_monthly as
with days as (
    select case m when 0 then date '2026-11-15' else last_day(cast(date '2026-11-01' - to_months(cast(m as integer)) as date)) end as day_on, m
    from range(0, 37) as t (m)
)
select capacity.body_id, capacity.body_name, days.day_on, m = 0 as is_as_of, 2 as part_time, capacity.itsms_auditors_full_time, capacity.itsms_auditors,
    capacity.valid_itsms - 4 * m as valid_itsms, cast(capacity.ratio_itsms - 0.4 * m as decimal(28, 4)) as ratio_itsms,
    capacity.all_auditors, capacity.valid_all - 4 * m as valid_all, cast(capacity.ratio_all - 0.4 * m as decimal(28, 4)) as ratio_all,
    capacity.limit_ratio, cast(45 as decimal(18, 6)) as warning_ratio, 10 as full_time_min, 12 as full_time_warning,
    capacity.state_itsms, capacity.state_all, 'breach' as state_full_time
from marts.fct_body_capacity as capacity, days;
"""
