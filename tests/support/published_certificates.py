"""What the certificates' pages read, as published.py makes the rest: audits, events, flows of every certificate."""

from __future__ import annotations

CERTIFICATES_SQL = """
create table marts.fct_audit as
select 'A' || lpad(cast(i as varchar), 7, '0') as audit_id, 'B' || (i % 2 + 1) as body_id, org_id, certificate_id,
    ['stage2', 'surveillance', 'recertification'][cast(i % 3 + 1 as integer)] as audit_type, 'ITSMS' as systems,
    true as is_itsms, true as is_onsite, case when i % 4 = 0 then 'planned' else 'completed' end as status,
    i % 4 <> 0 as is_done, date '2026-01-05' + cast(i % 600 as integer) as planned_start,
    date '2026-01-07' + cast(i % 600 as integer) as planned_end,
    case when i % 4 <> 0 then date '2025-01-05' + cast(i % 600 as integer) end as actual_start,
    case when i % 4 <> 0 then date '2025-01-07' + cast(i % 600 as integer) end as actual_end,
    cast(2.5 as decimal(18, 6)) as onsite_days, cast(3 as decimal(18, 6)) as total_days
from (select row_number() over (order by certificate_id) as i, * from marts.dim_certificate);

create table marts.fct_certificate_audit as
select certificate_id, audit_id, body_id, case audit_type when 'stage2' then 'granting' else 'held_on' end as relation,
    audit_type, status, is_done, planned_start, actual_start, actual_end, coalesce(actual_start, planned_start) as held_on,
    onsite_days, total_days
from marts.fct_audit;

create table marts.fct_certificate_event as
select 'E' || certificate_id as event_id, certificate_id, body_id, 1 as seq,
    case status when 'suspended' then 'suspended' when 'revoked' then 'revoked' else 'cancelled' end as event,
    date '2026-07-01' as effective_on, cast(null as date) as established_on, date '2026-12-31' as suspended_until,
    '7.2.1(6)' as reason_code, cast(null as varchar) as change_code, date '2026-07-02' as published_on
from marts.dim_certificate
where status in ('suspended', 'revoked', 'cancelled');

create table marts.fct_certificate_flow as
select
    intervals.certificate_id, intervals.body_id, intervals.org_id, certificates.region_code, intervals.system,
    certificates.scope_codes, intervals.from_on as flow_on,
    case intervals.status when 'valid' then 'issued' else intervals.status end as flow,
    case when intervals.status <> 'valid' then 'valid' end as status_before, intervals.status,
    case intervals.status when 'valid' then 1 else -1 end as valid_change,
    cast(intervals.status = 'suspended' as integer) as suspended_change
from marts.fct_certificate_status_interval as intervals
inner join marts.dim_certificate as certificates on intervals.certificate_id = certificates.certificate_id;
"""
