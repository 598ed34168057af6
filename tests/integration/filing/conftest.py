"""A home with the small body landed, built and published, once; tests work on copies."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from dagster_project.warehouse.home import Home
from dagster_project.warehouse.publish import publish
from tests.support.pipeline import build_warehouse

SMALL_BODY = Path(__file__).parents[2] / "fixtures" / "small_body"
AS_OF = date(2026, 10, 5)


@pytest.fixture(scope="session")
def published_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of tests/fixtures/small_body on 2026-10-05. Not to be written into."""
    root = tmp_path_factory.mktemp("published") / "home"
    candidate = build_warehouse(SMALL_BODY, root, AS_OF)
    (batch,) = (path.name for path in (root / "landing").iterdir() if not path.name.startswith("."))
    publish(Home.at(root), candidate, AS_OF, batch)
    return root


@pytest.fixture
def home(published_home: Path, tmp_path: Path) -> Path:
    """A copy of it, with landing and dbt's parsed project linked, not copied."""
    root = tmp_path / "home"
    shutil.copytree(published_home, root, ignore=shutil.ignore_patterns("landing", "dagster"))
    for room in ("landing", "dagster"):
        (root / room).symlink_to(published_home / room)
    return root
