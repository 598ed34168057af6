"""Hand-made tables of the conformity, reporting and data quality pages, beside those of published.py."""

# ruff: noqa: E501 - the long lines are SQL
from __future__ import annotations

QUALITY_SQL = """
create table marts.fct_submission_calendar as
select
    'B' || (i % 2 + 1) as body_id,
    ['audit_plan', 'monthly', 'status_change'][cast(i % 3 + 1 as integer)] as kind,
    ['audit_plan', 'monthly_report', 'status_change'][cast(i % 3 + 1 as integer)] as report_kind,
    case i % 3 when 1 then '2026-' || (10 + i % 2) end as period,
    ['audit', 'body', 'event'][cast(i % 3 + 1 as integer)] as subject_type,
    case i % 3 when 1 then 'B' || (i % 2 + 1) else 'X' || i end as subject_id,
    case when i % 3 = 1 and i > 4 then 'R' || i else 'CNCA' end as recipient,
    'R9.2' as rule_id,
    '9.2' as clause,
    date '2026-11-05' + cast((i * 7) % 95 as integer) as due_on,
    cast((i * 7) % 95 - 10 as integer) as days_left,
    (i * 7) % 95 < 10 as is_overdue,
    false as is_foreseen,
    date '2026-11-10' + cast((i * 7) % 95 - 20 as integer) as prepare_from_on,
    case when i % 11 = 0 then 'rejected' when i % 7 = 0 then 'pending' else 'none' end as reported_state
from range(1, 41) as t (i);

create table marts.fct_column_completeness as
select 'certificate' as table_name, unnest(['issued_on', 'scope_text', 'decision_id']) as column_name,
    cast(200 as bigint) as records, cast(unnest([0, 3, 50]) as bigint) as missing;

create table meta.manifest_file as
select 1 as position, 'certificate.csv' as file, 'certificate' as table_name, 202 as row_count, 40000 as byte_count,
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' as sha256;

create table meta.calendar_year as
select cast(unnest([2025, 2026]) as integer) as year, unnest([365, 365]) as days, unnest([248, 248]) as working_days,
    'chinesecalendar' as sources;

create table meta.lineage as
select
    unnest(['raw.certificate', 'raw.organization', 'seeds.parameter', 'stg_certificate', 'stg_organization', 'int_certificate', 'rule_6_2_1__validity', 'rule_results__certificates', 'fct_rule_finding', 'sub_monthly__certificate_row']) as node,
    unnest(['raw', 'raw', 'seeds', 'staging', 'staging', 'intermediate', 'rules', 'rules', 'marts', 'submissions']) as layer,
    unnest([null, null, null, null, null, null, 'R6.2.1', null, null, null]) as rule_id,
    unnest([null, null, null, 'Certificates.', 'Clients.', 'Certificates in force.', null, null, 'Findings.', 'Rows to report.']) as description,
    unnest([null, null, null, 'raw.certificate', 'raw.organization', 'stg_certificate;stg_organization', 'int_certificate;seeds.parameter', 'rule_6_2_1__validity', 'rule_results__certificates', 'int_certificate']) as depends_on;
"""
