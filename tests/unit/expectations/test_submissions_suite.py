"""Suite `submissions`: what must hold of the rows of the regulator's files notices when it is broken.

A failure means that a file could be filed with a row twice, without its key, about nothing, or without what the
calendar says is to be reported.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.outcome import Severity
from expectations.suites.files import suite_checks
from tests.unit.expectations.support import Warehouse, failing, found, named

CHECKS = suite_checks("submissions")

# One certificate with one audit in the month's file, one plan with its leader, one status change; all due.
CONSISTENT = """
create schema staging; create schema marts; create schema submissions;
create table marts.dim_run as select date '2026-11-15' as as_of;
create table marts.dim_certificate as select 'C1' as certificate_id;
create table staging.stg_audit as select 'A1' as audit_id union all select 'A2';
create table staging.stg_cnca_report as
    select 'audit_plan' as kind, 'A0' as subject_id, 'CNCA' as recipient, 'accepted' as result,
        date '2026-11-01' as reported_on
    union all select 'audit_plan', 'A2', 'CNCA', 'rejected', date '2026-11-02';
create table submissions.sub_audit_plan__plan as
    select 'B1' as body_id, 'A2' as audit_id, date '2026-11-20' as due_on, date '2026-11-23' as start_on;
create table submissions.sub_audit_plan__member as
    select 'A2' as audit_id, 'B1' as body_id, 'P1' as person_id, 'leader' as role, 1 as member_no;
create table submissions.sub_status_change__event as select 'E1' as event_id;
create table submissions.sub_status_change__certificate_information as
    select 'B1' as body_id, 'C1' as certificate_id, 'changed' as report_type;
create table submissions.sub_monthly__certificate_information as
    select 'B1' as body_id, 'C1' as certificate_id, date '2026-10-01' as month, 'new' as report_type,
        date '2026-10-31' as reported_until;
create table submissions.sub_monthly__audit_result as
    select 'B1' as body_id, 'C1' as certificate_id, date '2026-10-01' as month, 'A1' as audit_id,
        'P1' as person_id;
create table marts.fct_submission_calendar as
    select 'audit_plan' as kind, 'audit_plan' as report_kind, 'A2' as subject_id, 'CNCA' as recipient,
        'rejected' as reported_state, date '2026-11-13' as prepare_from_on
    union all select 'audit_plan', 'audit_plan', 'A3', 'CNCA', 'none', date '2026-12-13'
    union all select 'audit_plan', 'audit_plan', 'A4', 'CNCA', 'pending', date '2026-11-13'
    union all select 'status_change', 'status_change', 'E1', 'CNCA', 'none', date '2026-11-13';
"""

BREAKS = {
    "audit_plan__plan.key_unique": "insert into {} from {}",
    "audit_plan__plan.audit_id_known": "update {} set audit_id = 'A9'",
    "audit_plan__plan.is_what_is_due": "delete from {}",
    "audit_plan__member.key_unique": "insert into {} from {}",
    "audit_plan__member.role_listed": "update {} set role = 'observer'",
    "status_change__certificate_information.key_unique": "insert into {} from {}",
    "status_change__certificate_information.report_type_listed": "update {} set report_type = 'renewed'",
    "status_change__event.is_what_is_due": "insert into {} select 'E2'",
    "monthly__certificate_information.key_unique": "insert into {} from {}",
    "monthly__certificate_information.report_type_listed": "update {} set report_type = ''",
    "monthly__certificate_information.certificate_id_known": "update {} set certificate_id = 'C9'",
    "monthly__audit_result.key_unique": "insert into {} from {}",
    "monthly__audit_result.audit_id_known": "update {} set audit_id = 'A9'",
    "calendar.nothing_accepted": "update {} set subject_id = 'A0' where subject_id = 'A3'",
}
FILLED = [check for check in CHECKS if check.name.endswith("_filled")]


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    made = Warehouse(tmp_path / "warehouse.duckdb")
    made.execute(CONSISTENT)
    return made


def test_a_consistent_warehouse_passes(warehouse: Warehouse) -> None:
    assert failing(warehouse, CHECKS) == {}


def test_every_check_is_broken_once() -> None:
    assert {check.name for check in CHECKS} - {check.name for check in FILLED} == set(BREAKS)


@pytest.mark.parametrize("name", BREAKS)
def test_what_is_broken_is_found(name: str, warehouse: Warehouse) -> None:
    check = named(CHECKS, name)
    warehouse.execute(BREAKS[name].replace("{}", check.relation))
    assert found(warehouse, check)


def test_an_empty_cell_is_found_in_every_column_that_must_be_filled(warehouse: Warehouse) -> None:
    warehouse.execute(
        *(
            f"update {check.relation} set {check.name.split('.')[1].removesuffix('_filled')} = null"
            for check in FILLED
        )
    )
    assert set(failing(warehouse, FILLED)) == {check.name for check in FILLED}
    assert len(FILLED) == 22


def test_only_what_records_may_say_in_two_ways_warns() -> None:
    warning = {check.name for check in CHECKS if check.severity is not Severity.BLOCKING}
    assert warning == {"audit_plan__plan.is_what_is_due", "status_change__event.is_what_is_due"}
