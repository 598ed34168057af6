"""The statistical files of the small body, prepared once: a year that is over, one that runs, and a month."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.submissions.preparing import prepare_all
from reports.submissions.result import SubmissionResult

PREPARED = [
    ("annual", "2025"), ("annual", "2026"), ("social_responsibility", "2025"), ("social_responsibility", "2026"),
    ("monthly_statistics", "2026-09"),
]  # fmt: skip


@pytest.fixture(scope="session")
def prepared(
    small_body: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str, str], SubmissionResult]:
    """(kind, body, period) -> what was kept."""
    out = tmp_path_factory.mktemp("statistics")
    return {
        (kind, body, result.manifest["period"]): result
        for kind, period in PREPARED
        for body, results in prepare_all(kind, small_body, out, period=period).items()
        for result in results
    }
