"""A real warehouse of the small body, built once: landing, dbt, no publication."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from reports.submissions.kinds import KINDS
from reports.submissions.preparing import prepare_all
from reports.submissions.result import SubmissionResult
from tests.support.pipeline import build_warehouse

Prepared = Mapping[tuple[str, str], Mapping[str, SubmissionResult]]
SMALL_BODY = Path(__file__).parents[2] / "fixtures" / "small_body"


@pytest.fixture(scope="session")
def small_body(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse of tests/fixtures/small_body on 2026-10-05."""
    return build_warehouse(SMALL_BODY, tmp_path_factory.mktemp("small-body"), date(2026, 10, 5))


@pytest.fixture(scope="session")
def prepared(small_body: Path, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Every file of the small body on its day: (kind, form) -> body -> result. Only to be read."""
    return {
        (kind, form): {
            body: results[0]
            for body, results in prepare_all(
                kind, small_body, tmp_path_factory.mktemp("prepared"), profile=form
            ).items()
        }
        for kind in ("monthly", "audit_plan", "status_change")
        for form in KINDS[kind].forms
    }
