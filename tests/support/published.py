"""A published warehouse made by hand: the marts' contracts, filled by formulas, and the pages' real models over them.

It has what pages must survive: markup, formulas and line separators typed by clients, empty values, a body
without auditors, a person over the limit, and one planted finding that a test can look for.
"""

# ruff: noqa: E501 - the long lines are SQL
from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import duckdb

from tests.support.published_certificates import CERTIFICATES_SQL
from tests.support.published_pages import add_pages, execute
from tests.support.published_planning import PLANNING_SQL
from tests.support.published_quality import QUALITY_SQL

PLANTED_SUBJECT = "C-PLANTED"
PLANTED_FOUND = "有效期至 2029-04-02，至多 2029-04-01"
HOSTILE_NAME = "<img src=x onerror=alert(1)></script><script>alert(2)</script>\u2028公司"
FORMULA_NAME = '=HYPERLINK("http://example.invalid","看")'

_SQL = """
create schema marts;
create schema meta;

create table marts.dim_run as
select date '2026-11-15' as as_of, 'b0b0b0b0b0b0b0b0' as batch_id, '1' as contract_version,
    '0123456789ab' as rule_set_version, 'cnca,icas' as profiles;

create table marts.dim_certification_body as
select 'B' || i as body_id,
    case i when 1 then '北方认证有限公司' when 2 then '<b>南方</b>认证 & 检验中心' else '新设认证有限公司' end as name,
    'CNCA-R-2003-12' || i as approval_no, '12' || i as body_code, 'CNAS' as accreditation_code,
    '04.03' as approved_scopes
from range(1, 4) as t (i);

create table marts.dim_certificate as
with numbered as (
    select cast(i as integer) as i, date '2023-12-01' + cast((i * 7919) % 1080 as integer) as issued_on,
        case when i % 3 = 0 then 2 else 1 end as body
    from range(1, $certificates + 1) as t (i)
)
select
    'C' || lpad(cast(i as varchar), 7, '0') as certificate_id,
    '123' || strftime(issued_on, '%y') || 'IT' || lpad(cast(i as varchar), 5, '0') || 'R0CNAS' as certificate_no,
    'B' || body as body_id,
    (select name from marts.dim_certification_body where body_id = 'B' || body) as body_name,
    'O' || lpad(cast(i as varchar), 7, '0') as org_id,
    case i when 1 then $hostile when 2 then $formula when 3 then '晨光（北京）Ｄａｔａ科技有限公司'
        else '第' || i || '信息技术有限公司' end as org_name,
    cast(110000 + (i % 30) * 10000 as varchar) as region_code,
    substr(cast(110000 + (i % 30) * 10000 as varchar), 1, 2) as province_code,
    case when i % 10 = 0 then 'ISMS' else 'ITSMS' end as system,
    'ISO/IEC 20000-1:2018' as standard,
    '04.0' || (i % 5 + 1) as scope_codes,
    '软件运维服务' as scope_text,
    issued_on,
    cast(issued_on + interval 3 year as date) as expires_on,
    issued_on as first_certified_on,
    cast(0 as bigint) as cycle_no,
    i % 17 <> 0 as is_main,
    case when i % 17 = 0 then 'C' || lpad(cast(i - 1 as varchar), 7, '0') end as parent_certificate_id,
    cast(null as varchar) as previous_certificate_id,
    true as is_accredited,
    case when i % 23 = 0 then 'suspended' when i % 41 = 0 then 'revoked' when i % 53 = 0 then 'cancelled'
        when i % 59 = 0 then 'superseded' when i % 61 = 0 then 'expired' else 'valid' end as status,
    status in ('valid', 'suspended') as is_in_force,
    issued_on as status_since,
    cast(null as date) as ended_on,
    cast(issued_on + interval 1 year as date) as next_surveillance_due_on
from numbered;

create table marts.fct_certificate_status_interval as
select certificate_id, body_id, org_id, system, is_main, 'valid' as status, issued_on as from_on,
    case when status <> 'valid' then greatest(date '2026-06-30', issued_on) end as to_on
from marts.dim_certificate
union all
select certificate_id, body_id, org_id, system, is_main, status, greatest(date '2026-07-01', issued_on + 1), null
from marts.dim_certificate where status <> 'valid';

create table marts.fct_surveillance as
with links as (
    select certificate_id, body_id, org_id, cast(n as integer) as n,
        cast(issued_on + to_years(cast(n as integer)) as date) as due_on,
        hash(certificate_id || n) % 12 as luck
    from marts.dim_certificate, range(1, 4) as t (n)
    where is_main and system = 'ITSMS'
)
select certificate_id, body_id, org_id, n, due_on,
    case when due_on < date '2026-11-15' and luck > 0 then due_on - 20 end as done_on,
    cast(null as varchar) as audit_id,
    case when due_on >= date '2026-11-15' then 'pass' when luck > 0 then 'pass' else 'breach' end as state,
    case when due_on < date '2026-11-15' and luck = 0 then cast(date '2026-11-15' - due_on as integer) end as days_overdue,
    due_on < date '2026-11-15' and luck = 0 as is_overdue,
    case when due_on < date '2026-11-15' and luck > 0 then 'done' when due_on < date '2026-11-15' then 'overdue' else 'open' end as progress,
    case when due_on >= date '2026-11-15' or luck = 0 then cast(due_on - date '2026-11-15' as integer) end as days_to_due,
    case when due_on >= date '2026-11-15' and n = 1 then
        case when due_on - date '2026-11-15' <= 30 then 'near' when due_on - date '2026-11-15' <= 60 then 'middle'
            when due_on - date '2026-11-15' <= 90 then 'later' when due_on - date '2026-11-15' <= 180 then 'far' end
    end as horizon
from links;

create table marts.fct_auditor_workload as
select 'P' || lpad(cast(i as varchar), 4, '0') as person_id, 'B' || (i % 2 + 1) as body_id,
    case when i % 4 = 0 then 'part_time' else 'full_time' end as employment,
    cast(days as decimal(18, 6)) as rolling_max_days, date '2026-10-31' as rolling_max_end_on,
    cast(days - 2.5 as decimal(18, 6)) as current_window_days, cast(days * 0.8 as decimal(18, 6)) as calendar_year_days,
    cast(12 as decimal(18, 6)) as planned_days, cast(days + 6 as decimal(18, 6)) as forecast_max_days,
    cast(days * 0.9 as decimal(18, 6)) as forecast_year_end_days, cast(160 as decimal(18, 6)) as warning_days,
    cast(180 as decimal(18, 6)) as limit_days, cast(180 - days as decimal(18, 6)) as room_days,
    case when days > 180 then 'breach' when days > 160 then 'warning' else 'pass' end as state
from (select i, case when i = 5 then 180 else greatest(2.5, 192.5 - (i - 1) * 3.5) end as days from range(1, greatest(10, $certificates // 50)) as t (i));

create table marts.fct_body_capacity as
select body_id, name as body_name, 8 as itsms_auditors_full_time, 10 as itsms_auditors,
    480 as valid_itsms, cast(case body_id when 'B1' then 48 when 'B2' then 52.5 end as decimal(28, 4)) as ratio_itsms,
    12 as all_auditors, 500 as valid_all,
    cast(case body_id when 'B1' then 41.6667 when 'B2' then 44 end as decimal(28, 4)) as ratio_all,
    cast(50 as decimal(18, 6)) as limit_ratio, cast(20 as decimal(18, 6)) as room_itsms,
    cast(100 as decimal(18, 6)) as room_all, cast(50 as decimal(18, 6)) as certificates_per_extra_auditor,
    case body_id when 'B1' then 'warning' else 'breach' end as state_itsms,
    case body_id when 'B3' then 'breach' else 'pass' end as state_all, 'pass' as state_full_time,
    case body_id when 'B1' then 'warning' else 'breach' end as state_ratio, 20 as room,
    cast(45 as decimal(18, 6)) as warning_ratio, 10 as full_time_min, 2 as part_time
from marts.dim_certification_body;

create table marts.dim_rule as
select unnest(['R3.9-a', 'R5.4.1.4-a', 'R6.2.1', 'R9.2', 'R5.10.3', 'ICAS-6.7.1.1', 'ZQHX-3.2.2']) as rule_id,
    unnest(['cnca', 'cnca', 'cnca', 'cnca', 'cnca', 'icas', 'zqhx']) as profile,
    unnest(['body', 'audit', 'certificates', 'reporting', 'audit', 'profiles', 'profiles']) as chapter,
    unnest(['3.9', '5.4.1.4', '6.2.1', '9.2', '5.10.3', '6.7.1.1', '3.2.2']) as clause,
    unnest(['现场审核天数超过上限', '首次监督审核逾期', '证书有效期超过三年', '审核计划迟报', '严重不符合项验证逾期', '再认证审核不在有效期最后三个月', '月报迟报'])
        as title_zh,
    '' as title_en, '要求：<b>按条款</b>执行。' as demand_zh, '与期限比较。' as decided_zh,
    '日期未记录时。' as undetermined_when_zh, 'breach' as severity, 'deadline' as kind,
    unnest(['person', 'surveillance', 'certificate', 'audit', 'nonconformity', 'audit', 'body']) as subject_type,
    'issued_on' as anchor, 'fact' as anchor_kind, '日期' as unit, 'certificate_validity_months' as parameters,
    'certificate_validity_months=36 months' as parameters_in_force, 'certificate.issued_on;certificate.decision_id' as columns_read, date '2026-03-01' as effective_from, profile <> 'zqhx' as is_enabled,
    case profile when 'cnca' then split_part(clause, '.', 1) when 'icas' then 'ICAS 程序' else 'ZQHX 程序' end as chapter_zh,
    false as is_on_plans, false as has_house_number;

create table marts.fct_rule_finding as
select
    rule_id || '|' || certificate_id as finding_id, rule_id, profile, clause, title_zh, severity, body_id,
    subject_type, certificate_id as subject_id, '证书 ' || certificate_no || '（' || org_name || '）' as subject_label, org_id,
    certificate_id, case when subject_type = 'person' then 'P0001' end as person_id,
    date_trunc('month', date '2026-03-01' + cast(hash(certificate_id) % 250 as integer))::date as month,
    date '2026-03-01' + cast(hash(certificate_id) % 250 as integer) as anchor_on,
    case hash(certificate_id || rule_id) % 5 when 0 then 'undetermined' when 1 then 'warning' else 'breach' end as state,
    date '2026-06-01' + cast(hash(certificate_id) % 200 as integer) as due_on, cast(null as date) as observed_on,
    cast(null as decimal(28, 10)) as measured, cast(null as decimal(28, 10)) as limit_value, rules.unit,
    rules.title_zh as message, '期限 2026-06-01，截至 2026-11-15 未完成' as found,
    '{"certificate_id":"' || certificate_id || '","n":1,"audit_id":null}' as evidence
from marts.dim_certificate
inner join marts.dim_rule as rules on hash(certificate_id || rules.rule_id) % 8 = 0 and rules.is_enabled
union all
select 'R6.2.1|' || $planted, 'R6.2.1', 'cnca', '6.2.1', '证书有效期超过三年', 'breach', 'B1', 'certificate',
    $planted, '证书 C-PLANTED', 'O1', 'C0000001', null, date '2026-04-01', date '2026-04-02', 'breach', date '2029-04-01', date '2029-04-02', null, null, '日期', '证书有效期超过三年', $planted_found,
    '{"certificate_id":"C-PLANTED","note":"<script>alert(3)</script>"}';

create table marts.fct_rule_evaluation as
select rules.rule_id, rules.profile, cast($certificates as bigint) as passed,
    count(*) filter (where state = 'warning') as warning, count(*) filter (where state = 'breach') as breach,
    count(*) filter (where state = 'undetermined') as undetermined, cast(7 as bigint) as not_applicable,
    $certificates + 7 + count(*) as population
from marts.dim_rule as rules
left join marts.fct_rule_finding as findings on rules.rule_id = findings.rule_id
where rules.is_enabled
group by rules.rule_id, rules.profile;

-- Who passes is spread over the bodies; one body's passes lie before the rule.
create table marts.fct_rule_monthly as
with found as (
    select rule_id, profile, body_id, month, count(*) filter (where state = 'warning') as warning,
        count(*) filter (where state = 'breach') as breach, count(*) filter (where state = 'undetermined') as undetermined
    from marts.fct_rule_finding group by all
), quiet as (
    select rule_id, profile, 'B1' as body_id, date '2026-05-01' as month, passed, 0 as not_applicable from marts.fct_rule_evaluation
    union all
    select rule_id, profile, 'B2', null, 0, not_applicable from marts.fct_rule_evaluation
)
select rule_id, profile, body_id, month, coalesce(sum(passed), 0)::bigint as passed, coalesce(sum(warning), 0)::bigint as warning,
    coalesce(sum(breach), 0)::bigint as breach, coalesce(sum(undetermined), 0)::bigint as undetermined,
    coalesce(sum(not_applicable), 0)::bigint as not_applicable,
    coalesce(sum(coalesce(passed, 0) + coalesce(warning, 0) + coalesce(breach, 0) + coalesce(undetermined, 0) + coalesce(not_applicable, 0)), 0)::bigint as population,
    coalesce(sum(coalesce(passed, 0) + coalesce(warning, 0) + coalesce(breach, 0)), 0)::bigint as judged,
    coalesce(sum(breach), 0)::bigint * 100 as breach_hundredfold, strftime(month, '%Y-%m') as period,
    coalesce(month > date '2024-11-15', false) as is_recent
from (from quiet union all by name from found)
group by rule_id, profile, body_id, month;

create table marts.fct_clause_coverage as
select unnest([1, 2, 3, 4, 5, 6, 7]) as position,
    unnest(['3', '3.9', '5.4.1.4', '5.10.3', '6.2.1', '9.2', '附录 A']) as clause,
    unnest(['3', '3', '5', '5', '6', '9', '附录']) as chapter,
    unnest(['基本要求', '工作量', '监督审核间隔', '严重不符合', '有效期', '审核计划', '业务范围']) as title_zh,
    unnest(['informative', 'data', 'data', 'data', 'data', 'data', 'manual']) as decision,
    unnest([null, 'R3.9-a', 'R5.4.1.4-a', 'R5.10.3', 'R6.2.1', 'R6.2.1;R9.2', null]) as rule_ids,
    unnest(['章标题', '逐日分摊', '推算应做日', '核对验证日', '核对期限', '比较受理日', '需要人工审查']) as reason_zh,
    'clause-' || replace(clause, ' ', '-') as anchor;

create table marts.fct_monthly_statistics as
select 'B' || body as body_id, cast(date '2023-12-01' + to_months(cast(m as integer)) as date) as month,
    'ITSMS' as system, cast(10 + m % 7 as integer) as issued, cast(m % 4 as integer) as renewed,
    cast(m % 3 as integer) as suspended, cast(m % 2 as integer) as restored, cast(m % 5 = 0 as integer) as revoked,
    cast(m % 6 = 0 as integer) as cancelled, cast(m % 4 as integer) as expired, cast(0 as integer) as superseded
from range(1, 3) as b (body), range(0, 36) as t (m);

create table marts.fct_submission_deadline as
with made as (
    select i, 'B' || (i % 2 + 1) as body_id, ['audit_plan', 'certification_result', 'status_change'][cast(i % 3 + 1 as integer)] as kind,
        date '2026-03-01' + cast((i * 31) % 275 as integer) as due_on, hash(i) % 20 as luck
    from range(1, $certificates + 1) as t (i)
)
select *, strftime(due_on, '%Y-%m') as due_month,
    case when done_on > due_on then 'late' when done_on is not null then 'on_time' when state = 'breach' then 'overdue' else 'open' end as progress
from (
select body_id, kind, case kind when 'audit_plan' then 'audit' when 'status_change' then 'event' else 'certificate' end as subject_type,
    'X' || i as subject_id, cast(null as varchar) as period, due_on,
    case when due_on < date '2026-11-15' and luck > 0 then due_on + case when luck = 1 then 4 else -2 end end as done_on,
    case when luck = 1 and due_on < date '2026-11-15' then 'breach' when luck = 0 and due_on < date '2026-11-15' then 'breach'
        when due_on >= date '2026-11-15' then 'warning' else 'pass' end as state,
    cast(due_on - date '2026-11-15' as integer) as days_left
from made
union all
select 'B1', 'monthly_report', 'body', 'B1', '2026-10', date '2026-11-10', null, 'breach', -5
);

create table meta.manifest_table as
select unnest(['certificate', 'organization', 'person']) as table_name,
    unnest([$certificates + 2, $certificates, 40]) as rows_in, unnest([$certificates, $certificates, 40]) as landed,
    unnest([2, 0, 0]) as quarantined, unnest([2, 0, 0]) as set_aside, unnest([0, 0, 0]) as merged,
    unnest([0, 1, 0]) as stubs, unnest([0, 0, 1]) as emptied, unnest([0, 0, 1]) as missing;

create table meta.quarantine as
select 'certificate' as table_name, 'certificate.csv' as source_file, unnest([17, 42]) as source_row,
    unnest(['issued_on', 'status']) as column_name, unnest(['bad_date', 'not_in_list']) as reason,
    unnest(['26-3-5', '+cmd|x']) as raw_value, unnest(['C9', 'C10']) as row_key,
    'no such day' as message, unnest(['两位数年份，无法确定是哪一天', '<i>不在</i>代码表内']) as message_zh,
    unnest(['set_aside', 'emptied']) as fate;

create table meta.fate as
select unnest(['stub', 'repaired']) as fate, 'organization' as table_name, unnest([null, 'organization.csv']) as source_file,
    unnest([null, 5]) as source_row, unnest(['org_id', 'uscc']) as column_name,
    unnest(['unknown_reference', 'full_width']) as reason, unnest(['O9', 'Ｘ']) as raw_value,
    unnest(['O9', 'O0000001']) as row_key, unnest([3, 1]) as cells, unnest(['no such row', '']) as message,
    unnest(['“获证组织”中没有该记录', '']) as message_zh;

create table meta.source_fate as
select unnest([1, 2]) as position, unnest(['heading', 'file']) as subject, unnest(['certificate.csv', '备忘.txt']) as file,
    cast(null as varchar) as sheet, cast(null as bigint) as line, unnest(['暂停截止', null]) as name,
    unnest(['certificate', null]) as table_name, 'left_out' as outcome,
    unnest(['unknown_heading', 'no_table']) as reason, cast(null as bigint) as row_count,
    unnest([true, false]) as warns, 'left out' as message,
    unnest(['约定中没有“暂停截止”列。', '“备忘.txt”不是约定中的表。']) as message_zh;

create table meta.acceptance (
    position bigint, kind varchar, table_name varchar, column_name varchar, reason varchar, message varchar, message_zh varchar
);

create table meta.repair as
select 'organization' as table_name, 5 as line, 'uscc' as "column", 'full_width' as kind, 'Ｘ' as raw;

create table meta.check_result as
select unnest([1, 2]) as position, unnest(['raw', 'marts']) as suite, unnest(['organization_uscc_check_digit', 'one_status_per_day']) as check_name,
    unnest(['warning', 'blocking']) as severity, unnest(['fail', 'pass']) as status, unnest([1, 0]) as observed,
    unnest(['统一社会信用代码校验位不符', '每张证书每天恰有一个状态']) as detail_zh;

create table meta.check_record as
select 'raw' as suite, 'organization_uscc_check_digit' as check_name, 'O0000001' as record_key,
    '统一社会信用代码校验位不符' as detail_zh;
"""


_SEEDS = """
drop schema seeds cascade;
create schema seeds;

create table seeds.audit_time_band as
select unnest([15, 25, null]) as persons_up_to, unnest([3.5, 4.5, 25]) as base_days,
    unnest([false, false, true]) as is_extrapolated, '附录 B 表 B' as clause, 'CNCA-ITSMS-01:2026' as source,
    date '2026-03-01' as effective_from;

create table seeds.profile as
select unnest(['cnca', 'icas', 'zqhx']) as profile, unnest(['国家规则', 'ICAS 程序', 'ZQHX 程序']) as title_zh,
    unnest([true, false, false]) as is_default;
"""
"""What the rule book shows, in place of the seeds that the pages' models were built with."""


@cache
def _written(certificates: int) -> bytes:
    with tempfile.TemporaryDirectory(prefix="certhouse-published-") as folder:
        path = Path(folder) / "published.duckdb"
        _write(path, certificates)
        return path.read_bytes()


def write_published(path: Path, *, certificates: int = 200) -> Path:
    """Write the file and return its path. The same arguments give the same content."""
    path.write_bytes(_written(certificates))
    return path


def _write(path: Path, certificates: int) -> None:
    names = {
        "certificates": str(certificates),
        "hostile": HOSTILE_NAME,
        "formula": FORMULA_NAME,
        "planted": PLANTED_SUBJECT,
        "planted_found": PLANTED_FOUND,
    }
    script = _SQL
    for name in sorted(names, key=len, reverse=True):
        literal = names[name] if name == "certificates" else "'" + names[name].replace("'", "''") + "'"
        script = script.replace(f"${name}", literal)
    with duckdb.connect(str(path)) as connection:
        for part in (script, CERTIFICATES_SQL, PLANNING_SQL, QUALITY_SQL):
            execute(connection, part)
    add_pages(
        path,
        {
            "as_of": "2026-11-15",
            "profiles": "cnca,icas",
            "batch_id": "b0b0b0b0b0b0b0b0",
            "contract_version": "1",
        },
    )
    with duckdb.connect(str(path)) as connection:
        execute(connection, _SEEDS)
