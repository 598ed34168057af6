"""Minimal pairs: for every rule two records one step apart, of which one is a finding and the other is not.

A failure means that a rule has no case that shows exactly where it turns: a moved boundary could go unnoticed.
"""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.rules.case_source import Case, load_cases

PAIRS: dict[str, dict[str, list[Case]]] = defaultdict(lambda: defaultdict(list))
RULES = sorted({case.rule for case in load_cases()})
for _case in load_cases():
    if _case.pair:
        PAIRS[_case.rule][_case.pair].append(_case)


@pytest.mark.parametrize("rule", RULES)
def test_rule_has_a_minimal_pair(rule: str) -> None:
    assert PAIRS[rule], "no two cases of this rule name a pair"
    for name, cases in PAIRS[rule].items():
        assert len(cases) == 2, f"pair {name} has {len(cases)} cases"
        first, second = cases
        assert first.expect != second.expect, f"pair {name} is judged alike"
