"""Canaries of the expectations' machinery, through the real Great Expectations.

If one of these fails, a check may say "passed" without having looked.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from expectations.outcome import Check, Expectation, Outcome, Severity, Status
from expectations.runner import run_checks


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("canary") / "canary.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema s")
        connection.execute(
            "create table s.numbers as select i as id, i % 7 as value, nullif(i // 14, 0) as half from range(1000) as t (i)"
        )
        connection.execute("create table s.nothing (id integer)")
    return path


def _check(name: str, sql: str, table: str = "s.numbers", severity: Severity = Severity.BLOCKING) -> Check:
    query = f"select record from ({sql}) as unexpected"
    expectation = Expectation("unexpected_rows_expectation", {"unexpected_rows_query": query})
    return Check("canary", name, table, expectation, severity, "金丝雀")


def _native(name: str, type: str, table: str = "s.numbers", **arguments: Any) -> Check:
    return Check(
        "canary",
        name,
        table,
        Expectation(type, arguments),
        Severity.BLOCKING,
        "金丝雀",
        record=tuple(arguments.get("column_list", ["id"])),
    )


NATIVE = {
    "unique": ("expect_column_values_to_be_unique", {"column": "id"}, {"column": "value"}),
    "unique_together": (
        "expect_compound_columns_to_be_unique",
        {"column_list": ["id", "value"]},
        {"column_list": ["value", "half"]},
    ),
    "filled": ("expect_column_values_to_not_be_null", {"column": "id"}, {"column": "half"}),
    "listed": (
        "expect_column_values_to_be_in_set",
        {"column": "value", "value_set": list(range(7))},
        {"column": "value", "value_set": [0, 1, 2, 4, 5, 6]},
    ),
    "known": (
        "expect_column_values_to_be_known",
        {"column": "value", "relation": "s.numbers", "key": "id"},
        {"column": "id", "relation": "s.numbers", "key": "value"},
    ),
    "ordered": (
        "expect_column_pair_values_a_to_be_greater_than_b",
        {"column_A": "id", "column_B": "value", "or_equal": True},
        {"column_A": "value", "column_B": "id", "or_equal": True},
    ),
    "between": (
        "expect_column_values_to_be_between",
        {"column": "id", "min_value": 0, "max_value": 1000, "strict_max": True},
        {"column": "id", "min_value": 0, "max_value": 999, "strict_max": True},
    ),
    "rows": ("expect_table_row_count_to_equal", {"value": 1000}, {"value": 999}),
}
"""Name -> an expectation of Great Expectations' own, with arguments that hold and arguments that do not."""


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
    for name, (type, holding, failing) in NATIVE.items():
        checks.append(_native(f"{name}_holds", type, **holding))
        checks.append(_native(f"{name}_fails", type, **failing))
    checks.append(_native("column_gone", "expect_column_values_to_not_be_null", column="gone"))
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


@pytest.mark.parametrize("name", NATIVE)
def test_each_expectation_that_is_used_can_hold_and_fail(outcomes: dict[str, Outcome], name: str) -> None:
    assert outcomes[f"{name}_holds"].status is Status.PASS
    failed = outcomes[f"{name}_fails"]
    assert failed.status is Status.FAIL
    assert failed.observed


@pytest.mark.parametrize("name", sorted(set(NATIVE) - {"rows"}))
def test_each_expectation_that_fails_names_the_records(outcomes: dict[str, Outcome], name: str) -> None:
    assert outcomes[f"{name}_fails"].records


def test_a_column_that_is_gone_is_an_error(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["column_gone"].status is Status.ERROR
    assert outcomes["column_gone"].blocks


def test_a_wrong_number_of_rows_is_said_with_both_numbers(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["rows_fails"].detail_zh == "金丝雀：应为 999 行，实为 1000 行"
    assert outcomes["rows_fails"].observed == 1


def test_a_warning_never_blocks(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["warns"].status is Status.FAIL
    assert not outcomes["warns"].blocks


def test_checking_leaves_the_file_as_it_was(database: Path, outcomes: dict[str, Outcome]) -> None:
    """The checks open the candidate read-only: no temporary table, no write-ahead log may stay behind."""
    assert sorted(path.name for path in database.parent.iterdir()) == ["canary.duckdb"]
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables() order by 1").fetchall()
    assert tables == [("nothing",), ("numbers",)]
