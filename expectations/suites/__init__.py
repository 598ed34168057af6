"""The suites: which checks there are. Data and SQL only; Great Expectations is not imported here."""

from __future__ import annotations

from expectations.outcome import Check
from expectations.suites import marts, raw, submissions

SUITES = ("raw", "marts", "submissions")


def all_checks() -> list[Check]:
    """Every check of every suite."""
    return [*raw.checks(), *marts.checks(), *submissions.checks()]
