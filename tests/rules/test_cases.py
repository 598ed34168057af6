"""Every boundary case of every rule, judged by the real pipeline.

A failure means that a rule decides a stated edge (a limit, an effective date, a NULL, a month's end)
otherwise than its clause does, or that it counts subjects that it should not see.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pytest

from tests.rules.case_source import STATES, Case, load_cases

CASES = load_cases()


@pytest.mark.parametrize("case", CASES, ids=[f"{case.rule}-{case.name}" for case in CASES])
def test_case(case: Case, judged: Callable[[date], duckdb.DuckDBPyConnection]) -> None:
    warehouse = judged(case.as_of)
    counts = dict(
        warehouse.execute(
            "select state, sum(subjects) from rules.rule_results where rule_id = ? and body_id = ? group by 1",
            [case.rule, case.body_id],
        ).fetchall()
    )
    findings = warehouse.execute(
        "select subject_id, state, due_on, measured, message from marts.fct_rule_finding"
        " where rule_id = ? and body_id = ? order by 1",
        [case.rule, case.body_id],
    ).fetchall()
    subjects = {state: [_short(row[0], case) for row in findings if row[1] == state] for state in STATES}

    expected = {state: case.expect.get(state, 0) for state in STATES}
    found = {
        state: sorted(subjects[state]) if isinstance(wanted, list) else int(counts.get(state, 0))
        for state, wanted in expected.items()
    }
    wanted = {
        state: sorted(_text(w, case) for w in v) if isinstance(v, list) else v
        for state, v in expected.items()
    }
    assert found == wanted
    by_subject = {_short(row[0], case): row for row in findings}
    for subject, due in (case.expect.get("due") or {}).items():
        assert by_subject[_text(subject, case)][2] == due
    for subject, measured in (case.expect.get("measured") or {}).items():
        value = by_subject[_text(subject, case)][3]
        assert value == measured if measured is None else float(value) == measured
    assert all(row[4] for row in findings), "a finding says nothing"


def _short(subject: str, case: Case) -> str:
    return subject.replace(case.prefix, "")


def _text(value: Any, case: Case) -> str:
    return str(value).replace("{body}", case.body_code)
