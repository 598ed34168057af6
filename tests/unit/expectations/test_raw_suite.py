"""Suite `raw`: each kind of check finds the fault it is for, and only that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from expectations.outcome import Severity
from expectations.suites import raw
from ingestion.contract import contract
from tests.unit.expectations.support import found, named

CHECKS = raw.checks()


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """All staging tables, empty, and a manifest that says so."""
    with duckdb.connect() as opened:
        opened.execute("create schema staging; create schema meta")
        opened.execute(
            "create table meta.manifest_table"
            " (table_name varchar, rows_in bigint, landed bigint, set_aside bigint, merged bigint, stubs bigint)"
        )
        for table in contract().tables.values():
            columns = ", ".join(f"{column.name} {column.parquet_type}" for column in table.columns)
            opened.execute(
                f"create table staging.stg_{table.name} ({columns}, is_stub boolean default false, _source_row bigint)"
            )
            opened.execute("insert into meta.manifest_table values (?, 0, 0, 0, 0, 0)", [table.name])
        yield opened


def _insert(connection: duckdb.DuckDBPyConnection, table: str, **values: object) -> None:
    names = ", ".join(values)
    marks = ", ".join("?" for _ in values)
    connection.execute(f"insert into staging.stg_{table} ({names}) values ({marks})", list(values.values()))


def test_empty_tables_pass_every_check(connection: duckdb.DuckDBPyConnection) -> None:
    assert {check.name: found(connection, check) for check in CHECKS if found(connection, check)} == {}


def test_names_are_unique() -> None:
    names = [check.name for check in CHECKS]
    assert len(names) == len(set(names))


def test_structure_blocks_and_content_warns() -> None:
    """One client's typing error must not stop a body's reporting; a lost row must."""
    by_severity = {severity: [c.name for c in CHECKS if c.severity is severity] for severity in Severity}
    assert "organization.uscc" in by_severity[Severity.WARNING]
    assert "certificate.dates_plausible" in by_severity[Severity.WARNING]
    assert "certificate.key_unique" in by_severity[Severity.BLOCKING]
    assert "certificate.counts" in by_severity[Severity.BLOCKING]


@pytest.mark.parametrize("table", sorted(contract().tables))
def test_every_table_has_its_counts_and_keys_checked(table: str) -> None:
    names = {check.name for check in CHECKS}
    assert {f"{table}.counts", f"{table}.key_unique", f"{table}.key_complete"} <= names


def test_a_row_that_was_lost_after_landing_is_found(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "update meta.manifest_table set rows_in = 1, landed = 1 where table_name = 'complaint'"
    )
    assert found(connection, named(CHECKS, "complaint.counts")) == ["complaint"]


def test_a_row_that_was_neither_landed_nor_set_aside_is_found(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute("update meta.manifest_table set rows_in = 1 where table_name = 'complaint'")
    assert found(connection, named(CHECKS, "complaint.counts")) == ["complaint"]


def test_a_stub_that_landing_did_not_count_is_found(connection: duckdb.DuckDBPyConnection) -> None:
    _insert(connection, "complaint", complaint_id="Q9", is_stub=True)
    assert found(connection, named(CHECKS, "complaint.counts")) == ["complaint"]
    connection.execute("update meta.manifest_table set stubs = 1 where table_name = 'complaint'")
    assert found(connection, named(CHECKS, "complaint.counts")) == []


def test_a_key_that_stands_twice_is_found(connection: duckdb.DuckDBPyConnection) -> None:
    for person, org in (("P1", "O1"), ("P1", "O1"), ("P1", "O2")):
        _insert(
            connection,
            "relationship",
            person_id=person,
            org_id=org,
            kind="interest",
            started_on=date(2026, 1, 1),
        )
    assert found(connection, named(CHECKS, "relationship.key_unique")) == ["P1|O1|interest|2026-01-01"]


def test_an_empty_key_is_found(connection: duckdb.DuckDBPyConnection) -> None:
    _insert(connection, "internal_audit", internal_audit_id=None, body_id="B1", held_on=None, _source_row=7)
    assert found(connection, named(CHECKS, "internal_audit.key_complete")) == ["7"]


def test_a_value_outside_the_closed_list_is_found(connection: duckdb.DuckDBPyConnection) -> None:
    _insert(connection, "certificate_event", event_id="E1", event="suspended")
    _insert(connection, "certificate_event", event_id="E2", event="paused")
    assert found(connection, named(CHECKS, "certificate_event.closed_lists")) == ["E2"]


def test_a_reference_that_leads_nowhere_is_found(connection: duckdb.DuckDBPyConnection) -> None:
    _insert(connection, "certification_body", body_id="B1")
    _insert(connection, "internal_audit", internal_audit_id="I1", body_id="B1")
    _insert(connection, "internal_audit", internal_audit_id="I2", body_id="B2")
    assert found(connection, named(CHECKS, "internal_audit.reference_body_id")) == ["I2"]


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
def test_uscc_check_digit(connection: duckdb.DuckDBPyConnection, uscc: str | None, is_right: bool) -> None:
    """GB 32100-2015, with the outer modulo that is often forgotten."""
    _insert(connection, "organization", org_id="O1", uscc=uscc)
    assert found(connection, named(CHECKS, "organization.uscc")) == ([] if is_right else ["O1"])


def test_uscc_agrees_with_stdnum_on_every_check_digit(connection: duckdb.DuckDBPyConnection) -> None:
    """Codes for all 31 digits: one that is 31 before the outer modulo must become 0."""
    from stdnum.cn import uscc as stdnum_uscc

    bodies = [f"9111000080210{number:04d}" for number in range(400)]
    codes = [body + stdnum_uscc.calc_check_digit(body) for body in bodies]
    assert len({code[-1] for code in codes}) == 31
    for code in codes:
        _insert(connection, "organization", org_id=code, uscc=code)
    assert found(connection, named(CHECKS, "organization.uscc")) == []


def test_a_foreign_organization_needs_no_chinese_code(connection: duckdb.DuckDBPyConnection) -> None:
    _insert(
        connection, "organization", org_id="O1", uscc="HRB 12345", region_code="DE-BE", country_code="276"
    )
    assert found(connection, named(CHECKS, "organization.uscc")) == []
    assert found(connection, named(CHECKS, "organization.region_code")) == []


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
def test_region_code(connection: duckdb.DuckDBPyConnection, region_code: str | None, is_right: bool) -> None:
    _insert(connection, "organization", org_id="O1", region_code=region_code)
    assert found(connection, named(CHECKS, "organization.region_code")) == ([] if is_right else ["O1"])


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
    connection: duckdb.DuckDBPyConnection, system: str, scope_codes: str | None, is_right: bool
) -> None:
    """Only ITSMS is coded after Table A, and a body may subdivide its codes."""
    _insert(connection, "certificate", certificate_id="C1", system=system, scope_codes=scope_codes)
    assert found(connection, named(CHECKS, "certificate.scope_codes")) == ([] if is_right else ["C1"])


def test_dates_the_wrong_way_round_are_found(connection: duckdb.DuckDBPyConnection) -> None:
    _insert(connection, "audit", audit_id="A1", actual_start=date(2026, 5, 2), actual_end=date(2026, 5, 1))
    _insert(connection, "audit", audit_id="A2", actual_start=date(2026, 5, 1), actual_end=date(2026, 5, 1))
    assert found(connection, named(CHECKS, "audit.actual_end_order")) == ["A1"]


def test_dates_before_there_was_certification_are_found(connection: duckdb.DuckDBPyConnection) -> None:
    _insert(connection, "certificate", certificate_id="C1", issued_on=date(1926, 5, 2))
    _insert(connection, "certificate", certificate_id="C2", issued_on=date(2026, 5, 2))
    assert found(connection, named(CHECKS, "certificate.dates_plausible")) == ["C1"]
