"""Suite `raw`: each kind of check finds the fault it is for, and only that."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from expectations.outcome import Severity
from expectations.suites import raw
from ingestion.contract import contract
from tests.unit.expectations.support import Warehouse, failing, found, named

CHECKS = raw.checks({})


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """All staging tables, empty, and a manifest that says so."""
    made = Warehouse(tmp_path / "warehouse.duckdb")
    tables = []
    for table in contract().tables.values():
        columns = ", ".join(f"{column.name} {column.parquet_type}" for column in table.columns)
        tables.append(
            f"create table staging.stg_{table.name} ({columns}, is_stub boolean default false, _source_row bigint)"
        )
        tables.append(f"insert into meta.manifest_table values ('{table.name}', 0, 0, 0, 0, 0)")
    made.execute(
        "create schema staging",
        "create schema meta",
        "create table meta.manifest_table"
        " (table_name varchar, rows_in bigint, landed bigint, set_aside bigint, merged bigint, stubs bigint)",
        *tables,
    )
    return made


def _insert(warehouse: Warehouse, table: str, **values: object) -> None:
    warehouse.insert(f"staging.stg_{table}", values)


def test_empty_tables_pass_every_check(warehouse: Warehouse) -> None:
    assert failing(warehouse, CHECKS) == {}


def test_names_are_unique() -> None:
    names = [check.name for check in CHECKS]
    assert len(names) == len(set(names))


def test_structure_blocks_and_content_warns() -> None:
    """One client's typing error must not stop a body's reporting; a lost row must."""
    by_severity = {severity: {c.name for c in CHECKS if c.severity is severity} for severity in Severity}
    assert {"organization.uscc", "certificate.issued_on_plausible", "audit.actual_end_order"} <= by_severity[
        Severity.WARNING
    ]
    assert {"certificate.key_unique", "certificate.row_count", "manifest.rows_add_up"} <= by_severity[
        Severity.BLOCKING
    ]


@pytest.mark.parametrize("table", sorted(contract().tables))
def test_what_the_contract_promises_of_a_table_is_checked(table: str) -> None:
    said = contract().tables[table]
    names = {check.name for check in CHECKS if check.severity is Severity.BLOCKING}
    assert {f"{table}.row_count", f"{table}.stub_count", f"{table}.key_unique"} <= names
    assert {f"{table}.{name}_filled" for name in said.pk} <= names
    assert {f"{table}.{column.name}_listed" for column in said.columns if column.values} <= names
    assert {f"{table}.{column.name}_known" for column in said.references} <= names


def _counted(warehouse: Warehouse, landed: raw.Landed) -> dict[str, list[str]]:
    checks = raw.checks({"complaint": landed})
    return failing(warehouse, [named(checks, "complaint.row_count"), named(checks, "complaint.stub_count")])


def test_a_row_that_was_lost_after_landing_is_found(warehouse: Warehouse) -> None:
    assert set(_counted(warehouse, raw.Landed(rows=1))) == {"complaint.row_count"}
    _insert(warehouse, "complaint", complaint_id="Q1")
    assert _counted(warehouse, raw.Landed(rows=1)) == {}


def test_rows_of_a_table_that_the_manifest_does_not_know_are_found(warehouse: Warehouse) -> None:
    _insert(warehouse, "complaint", complaint_id="Q1")
    assert set(failing(warehouse, [named(CHECKS, "complaint.row_count")])) == {"complaint.row_count"}


def test_a_row_that_was_neither_landed_nor_set_aside_is_found(warehouse: Warehouse) -> None:
    warehouse.execute("update meta.manifest_table set rows_in = 1 where table_name = 'complaint'")
    assert found(warehouse, named(CHECKS, "manifest.rows_add_up")) == ["complaint"]


def test_a_stub_that_landing_did_not_count_is_found(warehouse: Warehouse) -> None:
    _insert(warehouse, "complaint", complaint_id="Q9", is_stub=True)
    assert set(_counted(warehouse, raw.Landed())) == {"complaint.stub_count"}
    assert _counted(warehouse, raw.Landed(stubs=1)) == {}


def test_a_key_that_stands_twice_is_found(warehouse: Warehouse) -> None:
    for person, org in (("P1", "O1"), ("P1", "O1"), ("P1", "O2")):
        _insert(
            warehouse,
            "relationship",
            person_id=person,
            org_id=org,
            kind="interest",
            started_on=date(2026, 1, 1),
        )
    assert found(warehouse, named(CHECKS, "relationship.key_unique")) == ["P1|O1|interest|2026-01-01"]


def test_a_key_of_one_column_that_stands_twice_is_found(warehouse: Warehouse) -> None:
    for key in ("P1", "P1", "P2"):
        _insert(warehouse, "person", person_id=key)
    assert found(warehouse, named(CHECKS, "person.key_unique")) == ["P1"]


def test_an_empty_key_is_found_by_its_line(warehouse: Warehouse) -> None:
    _insert(warehouse, "internal_audit", internal_audit_id=None, body_id="B1", held_on=None, _source_row=7)
    assert found(warehouse, named(CHECKS, "internal_audit.internal_audit_id_filled")) == ["7"]


def test_a_value_outside_the_closed_list_is_found(warehouse: Warehouse) -> None:
    _insert(warehouse, "certificate_event", event_id="E1", event="suspended")
    _insert(warehouse, "certificate_event", event_id="E2", event="paused")
    assert found(warehouse, named(CHECKS, "certificate_event.event_listed")) == ["E2"]


def test_a_reference_that_leads_nowhere_is_found(warehouse: Warehouse) -> None:
    """Also when the table that is referred to has a row without a key, which makes nothing known."""
    _insert(warehouse, "certification_body", body_id="B1")
    _insert(warehouse, "certification_body", body_id=None)
    _insert(warehouse, "internal_audit", internal_audit_id="I1", body_id="B1")
    _insert(warehouse, "internal_audit", internal_audit_id="I2", body_id="B2")
    _insert(warehouse, "internal_audit", internal_audit_id="I3", body_id=None)
    assert found(warehouse, named(CHECKS, "internal_audit.body_id_known")) == ["I2"]


@pytest.mark.parametrize(
    ("uscc", "is_right"),
    [
        ("91110000802100433B", True),
        ("91350211M000100Y46", True),
        ("9111000080210043XB", False),
        ("91110000802100433A", False),
        ("91110000802100433", False),
        ("911100008021004330B", False),
        ("91110000802I00433B", False),
        ("91110000802100433b", True),
        (None, True),
    ],
)
def test_uscc_check_digit(warehouse: Warehouse, uscc: str | None, is_right: bool) -> None:
    """GB 32100-2015, with the outer modulo that is often forgotten."""
    _insert(warehouse, "organization", org_id="O1", uscc=uscc)
    assert found(warehouse, named(CHECKS, "organization.uscc")) == ([] if is_right else ["O1"])


def test_uscc_agrees_with_stdnum_on_every_check_digit(warehouse: Warehouse) -> None:
    """Codes for all 31 digits: one that is 31 before the outer modulo must become 0."""
    from stdnum.cn import uscc as stdnum_uscc

    bodies = [f"9111000080210{number:04d}" for number in range(400)]
    codes = [body + stdnum_uscc.calc_check_digit(body) for body in bodies]
    assert len({code[-1] for code in codes}) == 31
    warehouse.insert("staging.stg_organization", *({"org_id": code, "uscc": code} for code in codes))
    assert found(warehouse, named(CHECKS, "organization.uscc")) == []


def test_a_foreign_organization_needs_no_chinese_code(warehouse: Warehouse) -> None:
    _insert(warehouse, "organization", org_id="O1", uscc="HRB 12345", region_code="DE-BE", country_code="276")
    assert found(warehouse, named(CHECKS, "organization.uscc")) == []
    assert found(warehouse, named(CHECKS, "organization.region_code")) == []


@pytest.mark.parametrize(
    ("region_code", "is_right"),
    [
        ("110108", True),
        ("820000", True),
        ("160000", False),
        ("11010", False),
        ("11010A", False),
        (None, True),
    ],
)
def test_region_code(warehouse: Warehouse, region_code: str | None, is_right: bool) -> None:
    _insert(warehouse, "organization", org_id="O1", region_code=region_code)
    assert found(warehouse, named(CHECKS, "organization.region_code")) == ([] if is_right else ["O1"])


@pytest.mark.parametrize(
    ("system", "scope_codes", "is_right"),
    [
        ("ITSMS", "04.03;06.02", True),
        ("ITSMS", "04.03.01", True),
        ("ITSMS", "04.03;07.01", False),
        ("QMS", "33.02.01", True),
        ("ITSMS", None, True),
    ],
)
def test_scope_codes_of_table_a(
    warehouse: Warehouse, system: str, scope_codes: str | None, is_right: bool
) -> None:
    """Only ITSMS is coded after Table A, and a body may subdivide its codes."""
    _insert(warehouse, "certificate", certificate_id="C1", system=system, scope_codes=scope_codes)
    assert found(warehouse, named(CHECKS, "certificate.scope_codes")) == ([] if is_right else ["C1"])


def test_dates_the_wrong_way_round_are_found(warehouse: Warehouse) -> None:
    _insert(warehouse, "audit", audit_id="A1", actual_start=date(2026, 5, 2), actual_end=date(2026, 5, 1))
    _insert(warehouse, "audit", audit_id="A2", actual_start=date(2026, 5, 1), actual_end=date(2026, 5, 1))
    assert found(warehouse, named(CHECKS, "audit.actual_end_order")) == ["A1"]


def test_dates_before_there_was_certification_are_found(warehouse: Warehouse) -> None:
    _insert(warehouse, "certificate", certificate_id="C1", issued_on=date(1926, 5, 2))
    _insert(warehouse, "certificate", certificate_id="C2", issued_on=date(2026, 5, 2))
    assert found(warehouse, named(CHECKS, "certificate.issued_on_plausible")) == ["C1"]
