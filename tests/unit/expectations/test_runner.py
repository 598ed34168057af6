"""Canaries of the expectations' machinery, through the real Great Expectations.

If one of these fails, a check may say "passed" without having looked.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from expectations.outcome import Check, Outcome, Severity, Status
from expectations.runner import run_checks


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("canary") / "canary.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema s")
        connection.execute(
            "create table s.numbers as select i as id, i % 7 as value from range(1000) as t (i)"
        )
        connection.execute("create table s.nothing (id integer)")
    return path


def _check(name: str, sql: str, table: str = "s.numbers", severity: Severity = Severity.BLOCKING) -> Check:
    return Check("canary", name, table, sql, severity, "金丝雀")


@pytest.fixture(scope="module")
def outcomes(database: Path) -> dict[str, Outcome]:
    checks = [
        _check("passes", "select id as record from {batch} where id < 0"),
        _check("fails", "select id as record from {batch} where value = 3 and id < 40"),
        _check("fails_often", "select id as record from {batch} where value = 3"),
        _check("no_such_column", "select id as record from {batch} where no_such_column > 0"),
        _check("no_such_table", "select id as record from s.gone", table="s.gone"),
        _check("no_record_column", "select value from {batch} where value = 3"),
        _check("empty_table", "select id as record from {batch}", table="s.nothing"),
        _check("warns", "select id as record from {batch} where value = 3", severity=Severity.WARNING),
    ]
    found = run_checks(database, checks)
    assert [outcome.name for outcome in found] == [check.name for check in checks]
    return {outcome.name: outcome for outcome in found}


def test_an_expectation_that_holds_passes(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["passes"].status is Status.PASS
    assert outcomes["passes"].observed == 0


def test_an_expectation_that_must_fail_fails_and_names_the_records(outcomes: dict[str, Outcome]) -> None:
    failed = outcomes["fails"]
    assert failed.status is Status.FAIL
    assert failed.observed == 6
    assert set(failed.records) == {"3", "10", "17", "24", "31", "38"}


def test_every_row_is_counted_where_not_every_row_is_named(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["fails_often"].observed == 143
    assert outcomes["fails_often"].records


@pytest.mark.parametrize("name", ["no_such_column", "no_such_table"])
def test_what_cannot_be_evaluated_is_an_error_and_not_a_failure_or_a_pass(
    outcomes: dict[str, Outcome], name: str
) -> None:
    assert outcomes[name].status is Status.ERROR
    assert outcomes[name].observed is None
    assert "检查无法执行" in outcomes[name].detail_zh


def test_a_check_without_record_column_is_an_error(outcomes: dict[str, Outcome]) -> None:
    """Otherwise its author would believe that the failing records are listed."""
    assert outcomes["no_record_column"].status is Status.ERROR


def test_an_error_in_one_check_leaves_the_others_alone(outcomes: dict[str, Outcome]) -> None:
    assert {outcomes[name].status for name in ("passes", "empty_table")} == {Status.PASS}


def test_an_errored_structural_check_blocks(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["no_such_column"].blocks
    assert outcomes["no_such_table"].blocks
    assert outcomes["fails"].blocks


def test_a_warning_never_blocks(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["warns"].status is Status.FAIL
    assert not outcomes["warns"].blocks


def test_checking_leaves_the_file_as_it_was(database: Path, outcomes: dict[str, Outcome]) -> None:
    """The checks open the candidate read-only: no temporary table, no write-ahead log may stay behind."""
    assert sorted(path.name for path in database.parent.iterdir()) == ["canary.duckdb"]
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables() order by 1").fetchall()
    assert tables == [("nothing",), ("numbers",)]
