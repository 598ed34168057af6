"""The suites: which checks there are. Data and SQL only; Great Expectations is not imported here."""

from __future__ import annotations

from pathlib import Path

import duckdb

from expectations.outcome import Check
from expectations.suites import marts, raw, rules, submissions

SUITES = ("raw", "marts", "rules", "submissions")


def all_checks(database: Path) -> list[Check]:
    """Every check of every suite for one warehouse file; the rules are those that the file says it judged."""
    with duckdb.connect(str(database), read_only=True) as connection:
        judged = connection.execute(
            "select rule_id, title_zh from marts.dim_rule where is_enabled order by rule_id"
        ).fetchall()
    rule_checks = rules.checks([rules.JudgedRule(*row) for row in judged])
    return [*raw.checks(), *marts.checks(), *rule_checks, *submissions.checks()]
