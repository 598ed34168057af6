"""The demo source keeps the contract: nothing of it may be lost or repaired."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest
from stdnum.cn import uscc

from ingestion.check import check
from ingestion.contract import contract
from tests.unit.demo.conftest import AS_OF, CERTIFICATES

TABLES = contract().tables


def _count(db: duckdb.DuckDBPyConnection, query: str) -> int:
    row = db.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def test_nothing_is_lost_or_repaired(source: Path) -> None:
    """Breaks when a table no longer fits the contract, in whatever way the landing looks at it."""
    report = check(str(source))
    assert {n: t for n, t in report.tables.items() if t.landed != t.rows_in or t.repairs or t.emptied} == {}
    assert {n: t for n, t in report.tables.items() if t.missing or t.stubs} == {}


@pytest.mark.parametrize("name", TABLES)
def test_table_is_there_and_filled(db: duckdb.DuckDBPyConnection, source: Path, name: str) -> None:
    """Breaks when a table is left out or empty, or a column is missing or out of the contract's order."""
    header = (source / f"{name}.csv").read_text(encoding="utf-8").split("\n", 1)[0]
    assert header.split(",") == [column.name for column in TABLES[name].columns]
    assert _count(db, f"select count(*) from {name}") > 0


@pytest.mark.parametrize("name", TABLES)
def test_keys_are_unique_and_required_columns_filled(db: duckdb.DuckDBPyConnection, name: str) -> None:
    """Breaks on a doubled primary key (its rows would be set aside) or an empty required cell."""
    table = TABLES[name]
    for columns in (table.pk, *table.expected_unique):
        key = ", ".join(columns)
        assert _count(db, f"select count(*) - count(distinct ({key})) from {name}") == 0
    for column in table.columns:
        if column.required:
            assert _count(db, f"select count(*) from {name} where {column.name} is null") == 0


@pytest.mark.parametrize("name", TABLES)
def test_references_and_closed_lists_hold(db: duckdb.DuckDBPyConnection, name: str) -> None:
    """Breaks when a row points to nothing, or holds a word that the contract does not know."""
    for column in TABLES[name].columns:
        if column.references:
            there = f"select {column.references.column} from {column.references.table}"
            lost = f"{column.name} is not null and {column.name} not in ({there})"
            assert _count(db, f"select count(*) from {name} where {lost}") == 0, column.name
        if column.values:
            known = ", ".join(f"'{value}'" for value in column.values)
            assert _count(db, f"select count(*) from {name} where {column.name} not in ({known})") == 0


PLANS_AND_TERMS = {"planned_start", "planned_end", "onsite_start", "onsite_end", "expires_on", "left_on"}


@pytest.mark.parametrize("name", TABLES)
def test_no_fact_lies_after_as_of(db: duckdb.DuckDBPyConnection, name: str) -> None:
    """Breaks when the records know the future: only plans and terms may lie ahead."""
    for column in TABLES[name].columns:
        if column.type == "date" and not column.may_be_unlimited and column.name not in PLANS_AND_TERMS:
            assert _count(db, f"select count(*) from {name} where {column.name} > date '{AS_OF}'") == 0


def test_as_many_certificates_as_asked_for(db: duckdb.DuckDBPyConnection) -> None:
    """Breaks when sub-certificates no longer make up the number."""
    assert _count(db, "select count(*) from certificate") == CERTIFICATES


def test_credit_codes_have_the_right_check_digit(db: duckdb.DuckDBPyConnection) -> None:
    """Breaks when the outer mod 31 of GB 32100 is forgotten, or two clients share a code."""
    codes = [row[0] for row in db.execute("select uscc from organization").fetchall()]
    assert all(uscc.is_valid(code) for code in codes if code[:8].isdigit())
    assert len(set(codes)) == len(codes)


def test_region_of_the_code_is_the_region_of_the_client(db: duckdb.DuckDBPyConnection) -> None:
    """Breaks when the region within the credit code and the region column fall apart."""
    assert _count(db, "select count(*) from organization where substr(uscc, 3, 6) <> region_code") == 0


def test_identity_numbers_are_fictional_with_a_right_check_digit(db: duckdb.DuckDBPyConnection) -> None:
    """Breaks when an ID number could be somebody's, or its check digit is wrong."""
    numbers = [row[0] for row in db.execute("select id_number from person").fetchall()]
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    for number in numbers:
        assert number.startswith("990000")
        total = sum(int(digit) * weight for digit, weight in zip(number[:17], weights, strict=True))
        assert number[17] == "10X98765432"[total % 11]
        dt.datetime.strptime(number[6:14], "%Y%m%d")
