"""Suite `rules`: one expectation per rule of the rule book, named by the rule's id.

A breach is what the warehouse is there to find. It is reported under the rule's name and blocks nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations.outcome import Check, Severity
from ingestion.sql import text as quoted


@dataclass(frozen=True)
class JudgedRule:
    """A rule that is switched on in this warehouse."""

    rule_id: str
    title_zh: str


def checks(judged: list[JudgedRule]) -> list[Check]:
    """No subject breaches the rule."""
    return [
        Check(
            suite="rules",
            name=rule.rule_id,
            table="marts.fct_rule_finding",
            sql="select subject_id as record from {batch}"
            f" where rule_id = {quoted(rule.rule_id)} and state = 'breach'",
            severity=Severity.REPORT,
            title_zh=rule.title_zh,
            rule_id=rule.rule_id,
        )
        for rule in judged
    ]
