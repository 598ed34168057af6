"""Suite `marts`: each invariant notices when it is broken.

A small consistent warehouse passes all of them; every test breaks one thing in it and names the check that
must see it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.outcome import Severity
from expectations.suites.files import suite_checks
from tests.unit.expectations.support import Warehouse, failing, named

CHECKS = suite_checks("marts")

# One body, two certificates (one suspended from June on), two people, two rules; as_of is 2026-11-15.
CONSISTENT = """
create schema staging; create schema marts;
create table marts.dim_run as select date '2026-11-15' as as_of;
create table staging.stg_certification_body as select 'B1' as body_id;
create table staging.stg_certificate as
    select 'C1' as certificate_id, date '2026-04-10' as issued_on
    union all select 'C2', date '2026-05-20' union all select 'C3', date '2026-12-01';
create table marts.dim_certificate as
    select 'C1' as certificate_id, 'B1' as body_id, 'ITSMS' as system, 'valid' as status,
        date '2026-04-10' as issued_on
    union all select 'C2', 'B1', 'ITSMS', 'suspended', date '2026-05-20';
create table marts.fct_certificate_status_interval as
    select 'C1' as certificate_id, 'B1' as body_id, 'ITSMS' as system, 'valid' as status,
        date '2026-04-10' as from_on, cast(null as date) as to_on
    union all select 'C2', 'B1', 'ITSMS', 'valid', date '2026-05-20', date '2026-06-09'
    union all select 'C2', 'B1', 'ITSMS', 'suspended', date '2026-06-10', null;
create table staging.stg_person as select 'P1' as person_id union all select 'P2';
create table staging.stg_audit as
    select 'A1' as audit_id, 'completed' as status, date '2026-05-06' as actual_start,
        date '2026-05-08' as actual_end, false as is_stub
    union all select 'A2', 'planned', null, null, false
    union all select 'A3', 'completed', date '2026-11-14', date '2026-11-16', false;
create table staging.stg_audit_assignment as
    select 'A1' as audit_id, 'P1' as person_id, 'leader' as role, cast(2.5 as decimal(18, 6)) as onsite_days,
        date '2026-05-06' as onsite_start, date '2026-05-08' as onsite_end, []::varchar[] as unreadable_columns
    union all select 'A1', 'P2', 'observer', 2, date '2026-05-06', date '2026-05-08', []
    union all select 'A2', 'P2', 'auditor', 3, date '2026-12-06', date '2026-12-08', []
    union all select 'A3', 'P2', 'auditor', 3, date '2026-11-14', date '2026-11-16', [];
create table marts.fct_auditor_day as
    select 'P1' as person_id, date '2026-05-06' as day_on, cast(1 as decimal(18, 6)) as load_days
    union all select 'P1', date '2026-05-07', 1 union all select 'P1', date '2026-05-08', 0.5;
create table marts.fct_auditor_workload as
    select 'P1' as person_id, cast(2.5 as decimal(18, 6)) as calendar_year_days union all select 'P2', 0;
create table marts.dim_rule as
    select 'R6.2.1' as rule_id, 'cnca' as profile, true as is_enabled
    union all select 'R9.2', 'cnca', true union all select 'ICAS-10.2', 'icas', false;
create table marts.fct_rule_evaluation as
    select 'R6.2.1' as rule_id, 'cnca' as profile, 1 as passed, 0 as warning, 1 as breach, 0 as undetermined,
        0 as not_applicable, 2 as population
    union all select 'R9.2', 'cnca', 0, 0, 0, 0, 0, 0;
create table marts.fct_rule_finding as select 'R6.2.1' as rule_id, 'C2' as subject_id, 'breach' as state;
create table marts.fct_monthly_statistics as
    select 'B1' as body_id, 'ITSMS' as system, date '2026-04-01' as month, 0 as valid_at_start,
        1 as valid_at_end
    union all select 'B1', 'ITSMS', date '2026-05-01', 1, 2
    union all select 'B1', 'ITSMS', date '2026-06-01', 2, 1
    union all select 'B1', 'ITSMS', date '2026-07-01', 1, 1;
create table marts.fct_body_capacity as select 'B1' as body_id;
"""


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    made = Warehouse(tmp_path / "warehouse.duckdb")
    made.execute(CONSISTENT)
    return made


def test_a_consistent_warehouse_passes(warehouse: Warehouse) -> None:
    assert failing(warehouse, CHECKS) == {}


def test_all_of_them_block() -> None:
    assert {check.severity for check in CHECKS} == {Severity.BLOCKING}


TABLES = {
    "intervals": "marts.fct_certificate_status_interval",
    "evaluations": "marts.fct_rule_evaluation",
}

BREAKS = {
    "status.no_overlap_no_gap": (
        "update {intervals} set to_on = date '2026-06-10' where to_on = date '2026-06-09'",
        "update {intervals} set to_on = date '2026-06-08' where to_on = date '2026-06-09'",
        "update {intervals} set to_on = null where to_on = date '2026-06-09'",
    ),
    "status.one_open_interval": (
        "update {intervals} set to_on = date '2026-11-15' where certificate_id = 'C1'",
        "update marts.dim_certificate set status = 'valid' where certificate_id = 'C2'",
        "delete from {intervals} where certificate_id = 'C1'",
    ),
    "status.from_issue_on": (
        "update marts.dim_certificate set issued_on = date '2026-04-09' where certificate_id = 'C1'",
        "delete from {intervals} where certificate_id = 'C1'",
    ),
    "fct_certificate_status_interval.certificate_id_known": (
        "update {intervals} set certificate_id = 'C9' where certificate_id = 'C1'",
    ),
    "loads.sum_to_assignments": (
        "delete from marts.fct_auditor_day where load_days = 0.5",
        "insert into marts.fct_auditor_day values ('P2', date '2026-05-08', 1)",
    ),
    "loads.everybody_is_there": ("delete from marts.fct_auditor_workload where person_id = 'P2'",),
    "loads.calendar_year": (
        "update marts.fct_auditor_workload set calendar_year_days = 2 where person_id = 'P1'",
    ),
    "rules.counts_add_up": (
        "update marts.fct_rule_evaluation set population = 3 where rule_id = 'R6.2.1'",
        "update marts.fct_rule_evaluation set passed = null where rule_id = 'R6.2.1'",
    ),
    "rules.every_rule_evaluated": (
        "delete from marts.fct_rule_evaluation where rule_id = 'R9.2'",
        "insert into {evaluations} select * from {evaluations} where rule_id = 'R9.2'",
    ),
    "rules.findings_match_counts": (
        "delete from marts.fct_rule_finding",
        "update marts.fct_rule_finding set state = 'warning'",
    ),
    "months.follow_on": (
        "update marts.fct_monthly_statistics set valid_at_start = 1 where month = date '2026-06-01'",
        "delete from marts.fct_monthly_statistics where month = date '2026-05-01'",
    ),
    "months.flows_reconcile": (
        "update marts.fct_monthly_statistics set valid_at_end = 3 where month = date '2026-05-01'",
    ),
    "months.end_is_the_register": (
        "update marts.dim_certificate set status = 'valid' where certificate_id = 'C2'",
        "delete from marts.fct_monthly_statistics",
    ),
    "register.every_certificate_once": (
        "delete from marts.dim_certificate where certificate_id = 'C1'",
        "insert into marts.dim_certificate select * from marts.dim_certificate where certificate_id = 'C1'",
        "update staging.stg_certificate set issued_on = date '2026-11-15' where certificate_id = 'C3'",
    ),
    "register.every_body_once": ("delete from marts.fct_body_capacity",),
    "dim_run.row_count": (
        "delete from marts.dim_run",
        "insert into marts.dim_run values (date '2026-11-15')",
    ),
}


def test_every_check_has_a_break() -> None:
    """An invariant that nothing here can break may be unable to fail."""
    assert set(BREAKS) == {check.name for check in CHECKS}


@pytest.mark.parametrize(
    ("name", "statement"), [(name, line) for name, lines in BREAKS.items() for line in lines]
)
def test_the_break_is_seen(warehouse: Warehouse, name: str, statement: str) -> None:
    warehouse.execute(statement.format(**TABLES))
    assert name in failing(warehouse, [named(CHECKS, name)])
