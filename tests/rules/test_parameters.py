"""A later value of a parameter is a further row of the seed: no model is touched, and what was judged by the old
value stays judged by the old value. A failure means that a change of the law would need a change of code, or that
it would rewrite the past."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from dagster_project.warehouse.build import build_candidate
from dagster_project.warehouse.home import Home
from dagster_project.warehouse.models import PROJECT
from ingestion.landing import land
from reports.warehouse import open_warehouse
from tests.rules.case_source import Case, write_source

AS_OF = date(2027, 2, 28)


@pytest.mark.slow
def test_a_later_value_counts_from_its_day_on(tmp_path: Path) -> None:
    project = tmp_path / "dbt"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
    with (project / "seeds" / "parameter.csv").open("a", encoding="utf-8") as file:
        file.write("certificate_validity_months,24,months,6.2.1,a later rule,2027-01-01,\n")
        file.write("audit_time_step_days,1,person-days,5.4.2.3,a later rule,2027-01-01,\n")
    before = {"certificate_id": "C1", "issued_on": date(2026, 12, 31), "expires_on": date(2029, 12, 31)}
    after = {"certificate_id": "C2", "issued_on": date(2027, 1, 1), "expires_on": date(2030, 1, 1)}
    audits = [
        {
            "audit_id": "A1",
            "actual_start": date(2026, 12, 31),
            "actual_end": date(2027, 1, 2),
            "total_days": 2.25,
        },
        {
            "audit_id": "A2",
            "actual_start": date(2027, 1, 1),
            "actual_end": date(2027, 1, 2),
            "total_days": 2.5,
        },
    ]
    case = Case("R6.2.1", "two_values", 1, AS_OF, {"certificate": [before, after], "audit": audits}, (), {})
    write_source([case], tmp_path / "source")

    home = Home.at(tmp_path / "home")
    batch = land(str(tmp_path / "source"), home.root)
    candidate = build_candidate(home, batch, AS_OF, ("cnca",), lambda _line: None, project=project)
    with open_warehouse(candidate.path) as connection:
        breaches = connection.execute(
            "select subject_id from marts.fct_rule_finding where rule_id = 'R6.2.1' and state = 'breach'"
        ).fetchall()
        said = connection.execute(
            "select found from marts.fct_rule_finding where rule_id = 'R5.4.2-d' order by subject_id"
        ).fetchall()
        in_force = connection.execute(
            "select value_zh, is_in_force from marts.dim_parameter"
            " where name = 'certificate_validity_months' order by effective_from"
        ).fetchall()
        enabled = connection.execute("select distinct profile from marts.fct_rule_evaluation").fetchall()
    assert breaches == [(f"{case.prefix}C2",)]
    assert said == [
        ("审核时间 2.25 人日，不是 0.5 人日的整数倍",),
        ("审核时间 2.5 人日，不是 1 人日的整数倍",),
    ], "a finding names another value than it was judged by"
    assert in_force == [("36 个月", False), ("24 个月", True)]
    assert enabled == [("cnca",)], "a profile that is not switched on was evaluated"
