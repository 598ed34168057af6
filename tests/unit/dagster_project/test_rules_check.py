"""Dagster's check of the rules: a breach is shown, by rule, and stops nothing."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import duckdb

from dagster_project.defs.warehouse import _rules_check_spec, _rules_result
from dagster_project.warehouse.rule_counts import breaches_by_rule


def test_breaches_are_read_where_the_rules_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.fct_rule_evaluation as"
            " select unnest(['R6.2.1', 'R9.2']) as rule_id, unnest([3, 0]::bigint[]) as breach"
        )
    assert breaches_by_rule(path, tmp_path) == {"R6.2.1": 3, "R9.2": 0}


def test_a_breach_is_shown_under_its_rule_and_stops_nothing() -> None:
    assert not _rules_check_spec().blocking
    shown = _rules_result({"R6.2.1": 3, "R9.2": 0})
    assert not shown.passed
    assert shown.severity is dg.AssetCheckSeverity.WARN
    assert shown.metadata["breaches"].value == {"R6.2.1": 3}
    assert shown.metadata["rules"].value == 2


def test_without_a_breach_it_passes() -> None:
    assert _rules_result({"R9.2": 0}).passed
