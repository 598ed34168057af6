"""A real warehouse of the small body, built once: landing, dbt, no publication."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.support.pipeline import build_warehouse

SMALL_BODY = Path(__file__).parents[2] / "fixtures" / "small_body"


@pytest.fixture(scope="session")
def small_body(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse of tests/fixtures/small_body on 2026-10-05."""
    return build_warehouse(SMALL_BODY, tmp_path_factory.mktemp("small-body"), date(2026, 10, 5))
